from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from publication.serving import server


class Command(BaseCommand):
    help = (
        "Serve the site with several processes, for production. SIGHUP replaces them one after "
        "another by new ones, without losing a request; SIGTERM ends them."
    )
    # The processes that serve check themselves; this one only watches over them.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=settings.PASSIM_HOST)
        parser.add_argument("--port", type=int, default=settings.PASSIM_PORT)
        parser.add_argument("--workers", type=int, default=settings.PASSIM_WORKERS)
        parser.add_argument("--threads", type=int, default=settings.PASSIM_THREADS)

    def handle(self, *args: Any, **options: Any) -> None:
        server(
            options["host"],
            options["port"],
            workers=options["workers"],
            threads=options["threads"],
        ).serve()
