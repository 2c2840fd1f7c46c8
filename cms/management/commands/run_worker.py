"""`manage.py run_worker`: runs scheduled publishing and background tasks."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.operations.worker import PortalWorker


class Command(BaseCommand):
    help = (
        "Publishes what is due, takes down what has expired, draws the sizes of pictures, and "
        "renames those whose names could be guessed. Run one beside the web server; two do no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option for a parent process, whose end also ends the worker."""
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="The process that starts this one, and whose end is also its own.",
        )

    def handle(self, *, with_parent: int | None, **options: Any) -> None:
        """Run the worker until it is stopped."""
        worker = PortalWorker(parent=with_parent)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_arguments: worker.stop())
        worker.run()
