"""The background worker."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from publication.worker import Worker


class Command(BaseCommand):
    help = (
        "Do what waits in the background (pictures in several widths and the like), until stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, and end; for a cron job"
        )
        parser.add_argument(
            "--pause",
            type=float,
            default=1.0,
            metavar="SECONDS",
            help="how long to wait before looking again when there is nothing to do",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(pause=options["pause"])

        def finish(number: int, frame: FrameType | None) -> None:
            """End after the job in hand; asked again, end at once (its lease gives it back)."""
            worker.stop.set()
            signal.signal(number, signal.SIG_DFL)

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, finish)
        if options["once"]:
            worker.run_until_idle()
        else:
            self.stdout.write(f"Worker {worker.name} waits for work. Ctrl+C ends it.")
            worker.run()
            self.stdout.write("The worker has ended.")
