"""`manage.py import_markdown DIR`: a folder of Markdown with front matter becomes posts."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from blog.importing.foreign import Ready
from blog.importing.loading import Import, Options
from publication.statistics import gather_statistics

INTERRUPTED = 130


class Command(BaseCommand):
    help = (
        "Import a folder of Markdown files with front matter, as Jekyll, Hugo, Eleventy and "
        "export_markdown write them. Run it again at any time: what did not change stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--dry-run", action="store_true", help="Write nothing; print what would be done."
        )
        parser.add_argument(
            "--site-url",
            action="append",
            default=[],
            metavar="URL",
            help="An address of the blog itself, such as https://example.org: links to it lead to "
            "its posts. May be given several times.",
        )
        parser.add_argument(
            "--pictures",
            action="append",
            default=[],
            type=Path,
            metavar="DIR",
            help="Another folder in which to look for pictures, such as the site's root.",
        )
        parser.add_argument(
            "--demo", action="store_true", help="DIR must be an export or the demo itself."
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="Write the report as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        self._check(folder, is_demo=options["demo"])
        run = Import(folder, Options(options["site_url"], options["pictures"], options["dry_run"]))
        try:
            report = run.run(_progress(options["verbosity"]))
        except KeyboardInterrupt:
            raise CommandError(
                f"Interrupted. {run.report.counts['made']} posts are in, whole; "
                "run the same command again for the rest.",
                returncode=INTERRUPTED,
            ) from None
        if not options["dry_run"]:
            gather_statistics()
        if options["report"]:
            options["report"].write_text(report.as_json(), encoding="utf-8")
        if options["verbosity"] > 0:
            self.stdout.write(report.as_text())
        if not run.done and not report.is_dry_run:
            raise CommandError(f"No post could be read from {folder}.")

    def _check(self, folder: Path, *, is_demo: bool) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if is_demo and not (folder / "publication.json").is_file():
            raise CommandError(
                f"{folder} has no publication.json: it is neither a demo nor an export."
            )


def _progress(verbosity: int) -> Any:
    """A bar, where a person watches."""

    def shown(items: Sequence[Ready]) -> Iterable[Ready]:
        return tqdm(items, unit="post", disable=verbosity == 0 or not sys.stderr.isatty())

    return shown
