"""Former texts and notices out of an export, for posts that the same import brought or found.

A post that has a record already keeps its own: an import adds, and overwrites nothing.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from blog.importing.encoding import MAX_BYTES
from blog.importing.own import IN_TEXT
from blog.importing.report import Finding, Report
from blog.markup import fold
from blog.models import Correction, Picture, Post, Version

FOLDER = "versions"
# Many versions of a long text.
MAX_RECORD = 25 * MAX_BYTES
REFUSED = (DatabaseError, ValidationError, OSError, ValueError, TypeError, KeyError, RecursionError)


def load(folder: Path, done: Mapping[str, int], report: Report) -> None:
    """`done`: posts by the file they came from. Each post's record comes whole or not at all."""
    left_alone = {found.file for found in report.of(Finding.LEFT_ALONE)}
    posts = {pk for key, pk in done.items() if key not in left_alone}
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            with transaction.atomic():
                _load(_read(path), posts)
        except REFUSED as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            report.add(Finding.REFUSED, f"{FOLDER}/{path.name}", what=reason)


def _read(path: Path) -> dict[str, Any]:
    if path.is_symlink() or path.stat().st_size > MAX_RECORD:
        raise ValueError("is a link, or too large")
    data = json.loads(path.read_bytes())
    if not isinstance(data, dict):
        raise ValueError("is not an object")
    return data


def _load(data: Mapping[str, Any], posts: set[int]) -> None:
    post = Post.objects.filter(slugs__folded=fold(str(data["post"]))).first()
    if post is None or post.pk not in posts or post.versions.exists() or post.corrections.exists():
        return
    versions = {item["number"]: _version(post, item) for item in data.get("versions", [])}
    for item in data.get("corrections", []):
        _notice(post, item, versions)


def _version(post: Post, item: Mapping[str, Any]) -> Version:
    version = Version(
        post=post,
        number=item["number"],
        headline=item["headline"],
        standfirst=item.get("standfirst", ""),
        body=IN_TEXT.sub(_shown, item["body"]),
        language=item.get("language", ""),
        slug=item.get("slug") or post.slug,
        known_at=_moment(item["known_at"]) if item.get("known_at") else None,
        replaced_at=_moment(item["replaced_at"]),
        change=item["change"],
    )
    version.full_clean(exclude=["slug"])
    version.save()
    return version


def _notice(post: Post, item: Mapping[str, Any], versions: Mapping[Any, Version]) -> None:
    number = item.get("version")
    notice = Correction(
        post=post,
        kind=item["kind"],
        was=item.get("was", ""),
        text=item["text"],
        signed=item.get("signed", ""),
        paragraph=item.get("paragraph", ""),
        published_at=_moment(item["published_at"]),
        version=versions[number] if number is not None else None,
    )
    notice.full_clean()
    notice.save()


def _shown(found: re.Match[str]) -> str:
    """The address of a picture that came along, known by the digest in its name."""
    picture = Picture.objects.filter(sha256=found[1].partition(".")[0]).first()
    return picture.file.url if picture else found[0]


def _moment(written: str) -> datetime:
    """Raises ValueError for what is no moment."""
    at = parse_datetime(written)
    if at is None:
        raise ValueError(f"{written[:40]} is not a moment")
    return at if timezone.is_aware(at) else timezone.make_aware(at)
