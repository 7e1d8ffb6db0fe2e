"""A story's posts and the changes of standing of its claims, together in the order of time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page

from blog.models import Post
from sources.models import Claim, StandingChange


@dataclass(frozen=True)
class Happening:
    """A post was published, or the standing of a claim changed by what was recorded."""

    at: datetime
    post: Post | None = None
    change: StandingChange | None = None


def chronicle(
    posts: Sequence[Post], claims: Collection[Claim], page: "Page[Post]", at: datetime
) -> list[Happening]:
    """Of one page of a story: what changed between its first post and the next page's.

    One query; none, and nothing to tell, where the story has no claims.
    """
    if not claims:
        return []
    changes = StandingChange.objects.filter(claim__in=claims).announced(at)
    moments = [post.published_at for post in posts if post.published_at]
    if page.has_previous() and moments:
        changes = changes.filter(at__gte=moments[0])
    if page.has_next() and moments:
        changes = changes.filter(at__lt=moments[-1])
    happenings = [
        *(Happening(post.published_at, post=post) for post in posts if post.published_at),
        *(Happening(row.at, change=row) for row in changes.select_related("claim")),
    ]
    return sorted(happenings, key=lambda one: (one.at, one.post is not None))
