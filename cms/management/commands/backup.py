"""`manage.py backup`: saves database and media in one archive."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.operations.backup import archive
from cms.operations.backup.databases import BackupError


class Command(BaseCommand):
    help = "Saves database and media of the site, while it is in use, as one archive."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the argument for the path of the archive."""
        parser.add_argument(
            "target",
            nargs="?",
            default=f"var/backups/portal-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz",
        )

    def handle(self, *, target: str, **options: Any) -> None:
        """Write the archive and print what it holds."""
        try:
            manifest = archive.create(target)
        except BackupError as error:
            raise CommandError(error) from error
        self.stdout.write(f"{target}: database and {len(manifest['files']) - 1} files")
