"""`manage.py restore`: restores a site from its archive."""

from typing import Any

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from cms.operations.backup import archive
from cms.operations.backup.databases import BackupError, has_accounts


class Command(BaseCommand):
    help = (
        "Puts database and media of an archive made by `backup` in place of the site's. A site "
        "that has accounts is not touched without --force. Stop the web server and the worker "
        "first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the archive's path, and the option that allows replacing a site in use."""
        parser.add_argument("source")
        parser.add_argument("--force", action="store_true", help="Replace a site that is in use.")

    def handle(self, *, source: str, force: bool, **options: Any) -> None:
        """Verify the archive, put its content in place and run the migrations."""
        try:
            archive.recover()
            if has_accounts() and not force:
                raise CommandError(
                    "The site has accounts. FORCE=1 (--force) replaces all it holds."
                )
            with (
                archive.unpacked_archive(source) as (folder, manifest),
                archive.restored_site(folder),
            ):
                call_command("migrate", verbosity=0)
                # Users who were signed in when the archive was made must sign in again.
                Session.objects.all().delete()
        except (BackupError, Error) as error:
            raise CommandError(error) from error
        cache.clear()
        self.stdout.write(f"Restored what was saved at {manifest['made_at']}.")
