"""Origins, claims with their ledgers, and what was done about changes, out of an export."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from blog.importing.lists import items, saved
from blog.importing.report import Finding, Report
from blog.markup import fold
from blog.models import ClaimMention, Handling, Post
from sources.loading import bodies_first, load_claim, load_origin
from sources.models import Claim, Origin
from sources.models.origins import fold_name


def load(folder: Path, report: Report) -> None:
    """Before the posts, whose texts and assumptions name claims."""
    origins: dict[str, Origin] = {}
    for item in bodies_first(items(folder, "origins.json", report)):
        saved(partial(_origin, item, origins), item, "origins.json", report)
    for item in items(folder, "claims.json", report):
        saved(partial(_claim, item, origins), item, "claims.json", report)


def _origin(item: dict[str, Any], origins: dict[str, Origin]) -> None:
    origins[str(item.get("slug"))] = load_origin(item, origins)


def _claim(item: dict[str, Any], origins: Mapping[str, Origin]) -> None:
    if claim := load_claim(item, origins):
        ClaimMention.objects.adopt(claim)


def load_handlings(folder: Path, done: Mapping[str, int], report: Report) -> None:
    """After the posts. `done`: those by the file they came from; who was edited here is left."""
    left_alone = {found.file for found in report.of(Finding.LEFT_ALONE)}
    posts = {pk for key, pk in done.items() if key not in left_alone}
    for item in items(folder, "handlings.json", report):
        saved(partial(_handling, item, posts), item, "handlings.json", report)


def _handling(item: Mapping[str, Any], posts: set[int]) -> None:
    post = Post.objects.filter(slugs__folded=fold(str(item.get("post")))).first()
    slug = str(item.get("claim"))
    claim = Claim.objects.by_slugs([slug]).get(fold_name(slug))
    if post is None or claim is None:
        raise ValueError(f"{item.get('post')}, {slug}: there is no such post, or no such claim")
    if post.pk not in posts:
        return
    row = Handling(
        post=post,
        claim=claim,
        until=_moment(item.get("until")),
        what=item.get("what", ""),
        note=item.get("note", ""),
        at=_moment(item.get("at")),
    )
    same = Handling.objects.filter(post=post, claim=claim, until=row.until, at=row.at)
    if not same.exists():
        row.clean_fields(exclude=["post", "claim", "by"])
        row.save()


def _moment(written: Any) -> datetime:
    """Raises ValueError for what is no moment."""
    at = parse_datetime(str(written))
    if at is None:
        raise ValueError(f"“{written}” is not a moment")
    return at if timezone.is_aware(at) else timezone.make_aware(at)
