"""What posts said before and what was said of it: a file beside each post that has such a record.

`blog.importing.record` reads them. Who did it is the site's own, as its logins are.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from blog.exporting.posts import file_name
from blog.models import Correction, Post, Version
from blog.models.versions import KEPT
from publication.models import Publication

POSTS_AT_A_TIME = 100
FOLDER = "versions"
TOLD = ("kind", "was", "text", "signed", "paragraph")


def write(folder: Path, with_pictures: Callable[[str], str]) -> None:
    """All of them; files of a former export that stand for nothing any more go."""
    zone, written = Publication.current().zone, set()
    for post in _posts():
        name = f"{Path(file_name(post)).stem}.json"
        text = json.dumps(_record(post, zone, with_pictures), ensure_ascii=False, indent=2)
        (folder / FOLDER).mkdir(exist_ok=True)
        (folder / FOLDER / name).write_text(text + "\n", encoding="utf-8", newline="\n")
        written.add(name)
    for former in (folder / FOLDER).glob("*.json"):
        if former.name not in written:
            former.unlink()


def _posts() -> Iterator[Post]:
    has_versions = Exists(Version.objects.filter(post=OuterRef("pk")))
    has_notices = Exists(Correction.objects.filter(post=OuterRef("pk")))
    posts = Post.objects.filter(has_versions | has_notices).order_by("pk").defer("body")
    parts = ("versions", "corrections__version")
    return posts.prefetch_related(*parts).iterator(chunk_size=POSTS_AT_A_TIME)


def _record(post: Post, zone: ZoneInfo, with_pictures: Callable[[str], str]) -> dict[str, Any]:
    notices = sorted(post.corrections.all(), key=lambda notice: (notice.published_at, notice.pk))
    return {
        "post": post.slug,
        "versions": [_version(one, zone, with_pictures) for one in post.versions.all()],
        "corrections": [_notice(one, zone) for one in notices],
    }


def _version(
    version: Version, zone: ZoneInfo, with_pictures: Callable[[str], str]
) -> dict[str, Any]:
    kept = {name: getattr(version, name) for name in KEPT}
    return kept | {
        "number": version.number,
        "body": with_pictures(version.body),
        "known_at": _moment(version.known_at, zone),
        "replaced_at": _moment(version.replaced_at, zone),
        "change": version.change,
    }


def _notice(notice: Correction, zone: ZoneInfo) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in TOLD} | {
        "published_at": _moment(notice.published_at, zone),
        "version": notice.version.number if notice.version else None,
    }


def _moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None
