"""`manage.py lift_limits`: what too many wrong passwords closed is opened at once."""

import ipaddress

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.middleware.proxies import network_of
from cms.users import attempts, page_passwords


class Command(BaseCommand):
    help = (
        "Forgets all wrong passwords, of accounts, addresses and private pages, so that everybody "
        "may try again. With --account or --address, those of one account or one address alone."
    )

    def add_arguments(self, parser):
        """Take what is to be opened."""
        parser.add_argument("--account", help="the name of an account, as one signs in with it")
        parser.add_argument("--address", help="an IP address; of IPv6 its /64 network is meant")

    def handle(self, *, account, address, **options):
        """Lift the limits, and say how many counts of wrong passwords are gone."""
        counts = None
        if account is not None or address is not None:
            counts = [*counts_of_account(account), *counts_of_address(address)]
        self.stdout.write(f"Counts of wrong passwords forgotten: {attempts.lift(counts)}.")


def counts_of_account(name):
    """Return the count of an account."""
    return [] if name is None else [attempts.ACCOUNT.of(name)]


def counts_of_address(text):
    """Return the counts of an address: signing in, and private pages."""
    if text is None:
        return []
    try:
        network = network_of(str(ipaddress.ip_address(text)))
    except ValueError as error:
        raise CommandError(f"{text!r} is no IP address.") from error
    return [
        attempts.ADDRESS.of(network),
        attempts.PAGE_PASSWORDS.of(network),
        *(
            page_passwords.count_for(network, restriction)
            for model in (PageViewRestriction, CollectionViewRestriction)
            for restriction in model.objects.all()
        ),
    ]
