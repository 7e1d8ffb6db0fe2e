from typing import Any

from django.core.management.base import BaseCommand, CommandError

from blog.drift import all_drifts


class Command(BaseCommand):
    help = "Compare the index of references with the posts' texts. Exits 1 where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for drift in all_drifts():
            count += 1
            self.stdout.write(str(drift))
        if count:
            rows = "1 row differs" if count == 1 else f"{count} rows differ"
            raise CommandError(
                f"{rows} from the text. manage.py rebuild_references makes the index anew."
            )
        self.stdout.write("The index says what the texts say.")
