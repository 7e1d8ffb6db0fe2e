from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blog import drift
from sources import drift as drift_of_ledgers


class Command(BaseCommand):
    help = (
        "Compare the index of references with the posts' texts, and the announced changes of "
        "standings with the ledgers. Exits 1 where they differ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for found in chain(drift.all_drifts(), drift_of_ledgers.all_drifts()):
            count += 1
            self.stdout.write(str(found))
        if count:
            rows = "1 row differs" if count == 1 else f"{count} rows differ"
            raise CommandError(
                f"{rows} from the texts or ledgers. manage.py rebuild_references makes them anew."
            )
        self.stdout.write("The index says what the texts and the ledgers say.")
