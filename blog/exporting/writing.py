"""A whole site into a folder, drafts included; a former export there is brought up to date."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from blog.exporting import record, records
from blog.exporting.posts import file_name, text_of
from blog.models import Picture, Post
from publication.models import Publication

POSTS_AT_A_TIME = 200
Progress = Callable[[Iterable[Post]], Iterable[Post]]


class FolderRefused(Exception):  # noqa: N818 (a refusal, like those of pictures and files)
    """A folder that holds something else; the text says so."""


@dataclass(slots=True)
class Export:
    folder: Path
    posts: int = 0
    pictures: dict[str, str] = field(default_factory=dict)
    """File names in the export by address here."""
    missing: list[str] = field(default_factory=list)
    """Pictures whose file is gone."""

    def run(self, progress: Progress = iter) -> None:
        """Raises FolderRefused. Nothing is written outside the folder."""
        self._prepare()
        self._write("publication.json", records.publication())
        for name, rows in records.lists():
            self._write(name, rows)
        self._write_pictures()
        self._write_posts(progress)
        record.write(self.folder, self._with_pictures)

    def _prepare(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise FolderRefused(f"{self.folder} is a file.")
        is_former = (self.folder / "publication.json").is_file()
        if self.folder.is_dir() and any(self.folder.iterdir()) and not is_former:
            raise FolderRefused(f"{self.folder} is not empty, and no export. Name a new folder.")
        for name in ("posts", "pictures"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def _write(self, name: str, data: Any) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
        (self.folder / name).write_text(text + "\n", encoding="utf-8", newline="\n")

    def _write_pictures(self) -> None:
        rows = []
        for picture in Picture.objects.order_by("pk"):
            kept = picture.file.name or ""
            name = f"{picture.sha256}{Path(kept).suffix}"
            try:
                with picture.file.open("rb") as file:
                    (self.folder / "pictures" / name).write_bytes(file.read())
            except OSError:
                self.missing.append(kept)
                continue
            self.pictures[picture.file.url] = name
            rows.append({"file": name, "alt": picture.alt, "credit": picture.credit})
        self._write("pictures.json", rows)

    def _write_posts(self, progress: Progress) -> None:
        zone, folder = Publication.current().zone, self.folder / "posts"
        written = set()
        for post in progress(_posts()):
            lead = self.pictures.get(post.lead_picture.file.url, "") if post.lead_picture else ""
            name = file_name(post)
            text = text_of(post, zone, lead, self._with_pictures(post.body))
            (folder / name).write_text(text, encoding="utf-8", newline="")
            written.add(name)
        self.posts = len(written)
        for former in folder.glob("*.md"):
            # Of an earlier export: a post that got another slug would come back twice.
            if former.name not in written:
                former.unlink()

    def _with_pictures(self, body: str) -> str:
        def exported(found: re.Match[str]) -> str:
            name = self.pictures.get(found[0])
            return f"../pictures/{name}" if name else found[0]

        return re.sub(re.escape(settings.MEDIA_URL) + r"[^\s()<>\"']+", exported, body)


def _posts() -> Iterable[Post]:
    rows = Post.objects.order_by("pk").select_related("story", "lead_picture")
    parts = ("bylines__author", "topics", "slugs", "old_addresses", "assumptions__claim")
    return rows.prefetch_related(*parts).iterator(chunk_size=POSTS_AT_A_TIME)
