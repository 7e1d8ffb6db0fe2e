import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from blog.drift import batches, rebuild, rebuild_records
from blog.models import Citation, CrossReference, Post
from blog.models.finding import recount_words
from blog.models.resolving import own_hosts
from publication.statistics import gather_statistics
from sources import drift as drift_of_ledgers
from sources.models import StandingChange

SECONDS_BETWEEN_LINES = 10.0


class Command(BaseCommand):
    help = (
        "Make the index of references and of words anew from the posts' texts, and the announced "
        "changes of standings from the ledgers. What was done stays done when it is stopped; "
        "the number of the post to go on from stands beside the bar."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="start",
            type=int,
            default=0,
            metavar="NUMBER",
            help="go on from this post, where an earlier run was stopped",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._rebuild_posts(options["start"], is_quiet=not options["verbosity"])
        recount_words()
        rebuild_records()
        for claim in drift_of_ledgers.claims():
            drift_of_ledgers.rebuild(claim)
        gather_statistics()
        self.stdout.write(
            f"{Post.objects.count()} posts: {CrossReference.objects.count()} cross-references, "
            f"{Citation.objects.count()} citations. "
            f"{StandingChange.objects.count()} changes of standings."
        )

    def _rebuild_posts(self, start: int, *, is_quiet: bool) -> None:
        hosts = own_hosts()
        total = Post.objects.filter(pk__gte=start).count()
        # Where nobody watches, a line in the log now and then.
        pause = 0.1 if sys.stderr.isatty() else SECONDS_BETWEEN_LINES
        with tqdm(total=total, unit=" posts", mininterval=pause, disable=is_quiet) as bar:
            try:
                for posts in batches(start):
                    rebuild(posts, hosts)
                    start = posts[-1].pk + 1
                    bar.set_postfix_str(f"--from {start}", refresh=False)
                    bar.update(len(posts))
            except KeyboardInterrupt as stopped:
                raise CommandError(
                    f"Stopped. Go on with: manage.py rebuild_references --from {start}"
                ) from stopped
