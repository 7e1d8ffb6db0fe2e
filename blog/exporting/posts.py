"""One post as a Markdown file: front matter that carries all that a post is, then its text."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from blog.importing.front_matter import exported
from blog.markup import fold
from blog.models import Assumption, Post

# A file's name has at most 255 bytes nearly everywhere; letters of Cyrillic take two.
LONGEST_NAME = 200


def file_name(post: Post) -> str:
    """`2024-11-17-slug.md`, without the day for a draft. Unique, as slugs are."""
    name = f"{post.dated_on:%Y-%m-%d}-{post.slug}" if post.dated_on else post.slug
    if len(name.encode()) > LONGEST_NAME:
        short = name.encode()[:LONGEST_NAME].decode(errors="ignore")
        name = f"{short}-{post.pk}"
    return f"{name}.md"


def text_of(post: Post, zone: ZoneInfo, lead_picture: str, body: str) -> str:
    """The whole file. `lead_picture` and `body` name pictures as the export does."""
    values = {name: value for name, value in _values(post, zone).items() if value}
    if lead_picture:
        values["lead_picture"] = lead_picture
    return f"---\n{exported(values)}\n---\n\n{body}\n"


def _values(post: Post, zone: ZoneInfo) -> Mapping[str, Any]:
    return {
        "uid": str(post.uid),
        "title": post.headline,
        "standfirst": post.standfirst,
        "slug": post.slug,
        "draft": post.published_at is None,
        "date": _moment(post.published_at, zone),
        "dated_on": post.dated_on.isoformat() if post.dated_on else "",
        "known_at": _moment(post.known_at, zone),
        "authors": [byline.author.slug for byline in post.bylines.all()],
        "story": post.story.slug if post.story else "",
        "topics": sorted(topic.slug for topic in post.topics.all()),
        "assumes": [_assumed(row, zone) for row in post.assumptions.all()],
        "language": post.language,
        "withdrawn_at": _moment(post.withdrawn_at, zone),
        "withdrawal_notice": post.withdrawal_notice,
        "former_slugs": sorted(
            row.slug for row in post.slugs.all() if row.folded != fold(post.slug)
        ),
        "old_addresses": sorted(row.path for row in post.old_addresses.all()),
        "paragraph_aliases": post.paragraph_aliases,
        "import_key": post.import_key,
        "import_digest": post.import_digest,
    }


def _assumed(row: Assumption, zone: ZoneInfo) -> Mapping[str, str]:
    """Those that a post no longer makes, too: readers are told of them."""
    values = {
        "claim": row.claim.slug,
        "words": row.words,
        "made_at": _moment(row.made_at, zone),
        "dropped_at": _moment(row.dropped_at, zone),
    }
    return {name: value for name, value in values.items() if value}


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat() if at else ""
