"""`manage.py load_demo`, which loads the demo content and accounts once into a new site."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.demo.accounts import create_accounts
from home.demo.load import DemoLoader, has_content, lacks_first_objects
from settings import environment


class Command(BaseCommand):
    help = (
        "Loads the demo content and accounts into a fresh site. A site that has content already "
        "is left as it is. The password of the accounts is DEMO_PASSWORD, or made up and printed."
    )

    def handle(self, **options: Any) -> None:
        """Load everything or nothing, and print the accounts and their password."""
        if "en" not in dict(settings.LANGUAGES):
            raise CommandError("The demo is in Vietnamese and English: list en in LANGUAGES.")
        if has_content():
            self.stdout.write("The site has content already: nothing was changed.")
            return
        if lacks_first_objects():
            raise CommandError(
                "A home page, frame or visitor counter of the new site was deleted: load the demo "
                "into an empty database."
            )
        password = environment.text("DEMO_PASSWORD", secrets.token_urlsafe(9))
        with transaction.atomic():
            users = create_accounts(password)
            DemoLoader(users[0] if users else None).load()
        names = ", ".join(user.username for user in users)
        self.stdout.write(f"Demo accounts: {names}; password: {password}")
