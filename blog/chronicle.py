"""A story's posts and the changes of standing of its claims, together in the order of time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Subquery

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
    if page.has_previous():
        changes = changes.filter(at__gte=posts[0].published_at)
    if page.has_next():
        end = page.end_index()
        every = Post.objects.published(at).filter(story=posts[0].story_id).chronological()
        following = every.values("published_at")[end : end + 1]
        changes = changes.filter(at__lt=Subquery(following))
    happenings = [
        *(Happening(post.published_at, post=post) for post in posts if post.published_at),
        *(Happening(row.at, change=row) for row in changes.select_related("claim")),
    ]
    return sorted(happenings, key=lambda one: (one.at, one.post is not None))
