"""A post's sources, and the post itself, as bibliography programs take them."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from blog.formats.telling import Telling
from blog.models import Author, Citation, Post
from sources.citing import to_bibtex, to_ris
from sources.models import Source

Item = dict[str, Any]


def to_json(items: Iterable[Mapping[str, Any]]) -> str:
    return json.dumps(list(items), ensure_ascii=False, indent=1)


# By the ending of an address.
WRITERS: Mapping[str, Callable[[Iterable[Item]], str]] = {
    "bib": to_bibtex,
    "ris": to_ris,
    "json": to_json,
}


def sources_of_post(post: Post, at: datetime) -> QuerySet[Source]:
    """What a published post cites or links to, by key."""
    cited = Citation.objects.public(at).filter(post=post).order_by()
    return Source.objects.with_outlet().filter(pk__in=cited.values("source")).order_by("citekey")


def post_item(post: Post, told: Telling) -> Item:
    """The post as a CSL-JSON item."""
    day = timezone.localtime(post.published_at, told.publication.zone)
    known = {
        "title": post.headline,
        "author": [_name(byline.author) for byline in post.bylines.all()],
        "container-title": told.publication.name,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": told.post(post),
        "abstract": post.standfirst,
        "language": told.language(post),
    }
    return {"id": post.slug, "type": "post-weblog"} | {k: v for k, v in known.items() if v}


def _name(author: Author) -> Item:
    if author.family and author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.name}
