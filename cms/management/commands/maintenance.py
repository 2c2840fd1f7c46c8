"""`manage.py maintenance`: closes and reopens the site without a restart."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.operations.maintenance import is_on


class Command(BaseCommand):
    help = "Closes the site (on), opens it again (off), or says which it is. Needs no database."
    # The command must work during an upgrade, when the system checks might not pass.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the argument for the wanted state."""
        parser.add_argument("state", nargs="?", choices=["on", "off"])

    def handle(self, *, state: str | None, **options: Any) -> None:
        """Create or delete the flag file, and print the resulting state."""
        flag = Path(settings.MAINTENANCE_FILE)
        try:
            if state == "on" and not is_on():
                flag.write_text("")
            elif state == "off":
                flag.unlink(missing_ok=True)
        except OSError as error:
            raise CommandError(
                f"Maintenance cannot be turned {state}: {flag}: {error.strerror}. "
                "MAINTENANCE_FILE may name another place."
            ) from error
        self.stdout.write(f"Maintenance is {'on' if is_on() else 'off'}.")
