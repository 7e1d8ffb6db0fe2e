"""`manage.py export_markdown DIR`: everything back, as files that any tool reads."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from blog.exporting.writing import Export, FolderRefused
from blog.models import Post


class Command(BaseCommand):
    help = (
        "Write every post, drafts included, as Markdown with front matter, with its pictures and "
        "with sources and cross-references beside it. import_markdown makes the same site of it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="New, empty, or a former export."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        export = Export(options["folder"])

        def shown(posts: Iterable[Post]) -> Iterable[Post]:
            return tqdm(
                posts,
                unit="post",
                total=Post.objects.count(),
                disable=options["verbosity"] == 0 or not sys.stderr.isatty(),
            )

        try:
            export.run(shown)
        except (FolderRefused, OSError) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            self.stdout.write(
                f"{export.posts} posts and {len(export.pictures)} pictures are in {export.folder}."
            )
        for name in export.missing:
            self.stderr.write(f"The file of a picture is gone: {name}")
