"""`manage.py lift_limits`: ends lockouts after too many wrong passwords immediately."""

import ipaddress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.middleware.proxies import network_of
from cms.users import attempts, page_passwords


class Command(BaseCommand):
    help = (
        "Forgets all wrong passwords, of accounts, addresses and private pages, so that everybody "
        "may try again. With --account or --address, those of one account or one address alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options for the account and the address to unlock."""
        parser.add_argument("--account", help="the name of an account, as one signs in with it")
        parser.add_argument("--address", help="an IP address; of IPv6 its /64 network is meant")

    def handle(self, *, account: str | None, address: str | None, **options: Any) -> None:
        """Reset the limits, and print how many counters of wrong passwords were deleted."""
        counters = None
        if account is not None or address is not None:
            counters = [*counters_of_account(account), *counters_of_address(address)]
        self.stdout.write(
            f"Counts of wrong passwords forgotten: {attempts.reset_counters(counters)}."
        )


def counters_of_account(name: str | None) -> list[attempts.FailureCounter]:
    """Return a list with the counter of an account, empty without a name."""
    return [] if name is None else [attempts.ACCOUNT.counter_for(name)]


def counters_of_address(text: str | None) -> list[attempts.FailureCounter]:
    """Return the counters of an address: those for signing in and for private pages."""
    if text is None:
        return []
    try:
        network = network_of(str(ipaddress.ip_address(text)))
    except ValueError as error:
        raise CommandError(f"{text!r} is no IP address.") from error
    return [
        attempts.CLIENT_NETWORK.counter_for(network),
        attempts.PAGE_PASSWORDS.counter_for(network),
        *(
            page_passwords.counter_for(network, restriction)
            for model in (PageViewRestriction, CollectionViewRestriction)
            for restriction in model.objects.all()
        ),
    ]
