"""What a post is to become: everything decided before a row is written."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from blog.importing.people import Person
from blog.models import Assumption, Picture, Post

# Raised whenever the importer would now read the same files differently.
RULES = "3"


@dataclass(slots=True)
class Plan:
    """One post to be. `key` is its file's path within the folder; without `uid` it gets its own."""

    key: str
    headline: str
    slug: str
    body: str
    uid: uuid.UUID | None = None
    standfirst: str = ""
    language: str = ""
    published_at: datetime | None = None
    dated_on: date | None = None
    known_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_notice: str = ""
    paragraph_aliases: dict[str, str] = field(default_factory=dict)
    import_key: str = ""
    import_digest: str = ""
    authors: Sequence[Person] = ()
    topics: Sequence[str] = ()
    story: str = ""
    assumes: Sequence[Assumption] = ()
    """Without their post."""
    picture: Picture | None = None
    old_paths: Sequence[str] = ()
    former_slugs: Sequence[str] = ()
    targets: Sequence[tuple[int, str, str]] = ()
    """Line, address and key of every link to a post of the folder."""

    def fill(self, post: Post) -> Post:
        for name in FILLED:
            setattr(post, name, getattr(self, name))
        post.lead_picture = self.picture
        post.uid = self.uid or post.uid
        return post


FILLED = (
    "headline", "slug", "body", "standfirst", "language", "published_at", "dated_on", "known_at",
    "withdrawn_at", "withdrawal_notice", "paragraph_aliases", "import_key", "import_digest",
)  # fmt: skip
# What an editor may have changed since an import.
WATCHED = ("headline", "slug", "body", "standfirst", "language", "published_at", "known_at",
           "withdrawn_at", "withdrawal_notice")  # fmt: skip


def digest_of_file(data: bytes, outcomes: Sequence[str]) -> str:
    """Stands for a file and for what its addresses and pictures came to: 32 characters."""
    return _digest([RULES, hashlib.sha256(data).hexdigest(), *sorted(outcomes)])


def digest_of_post(post: Post) -> str:
    """Stands for what the row says, by names and not by ids: 32 characters. Two queries."""
    bylines = list(post.bylines.values_list("author__slug", flat=True))
    topics = sorted(post.topics.values_list("slug", flat=True))
    story = post.story.slug if post.story else ""
    picture = post.lead_picture.sha256 if post.lead_picture else ""
    return _digest([*(_said(post, name) for name in WATCHED), bylines, topics, story, picture])


def _said(post: Post, name: str) -> str:
    value = getattr(post, name)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:32]
