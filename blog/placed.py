"""A post's place in its story, and the picture of it: what refers to what among those near it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.utils import timezone

from blog.models import Post, Story
from blog.models.addresses import path_of_day
from blog.models.reading import PostQuerySet
from blog.pictured import Picture, kinds_between, picture, row_of
from publication.compiled import compiled

# How many posts of its story, before it and after it, a post's page knows of.
AROUND = 40


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a page tells of a post that stands near: of eighty, whole posts would cost more to
    read than all else that the page asks.
    """

    pk: int
    headline: str
    slug: str
    language: str
    dated_on: date
    published_at: datetime

    def get_absolute_url(self) -> str:
        return path_of_day(self.dated_on, self.slug)


FIELDS = tuple(Neighbour.__slots__)


@dataclass(frozen=True)
class Place:
    """Where a post stands in its story, in the order of publication."""

    number: int
    total: int
    before: Sequence[Neighbour]
    after: Sequence[Neighbour]
    """Those that stand near it, oldest first."""

    @property
    def previous(self) -> Neighbour | None:
        return self.before[-1] if self.before else None

    @property
    def next(self) -> Neighbour | None:
        return self.after[0] if self.after else None


def place_in_story(post: Post, at: datetime) -> Place | None:
    """Two queries, however long the story is; None for a post that belongs to none."""
    if post.story_id is None or post.published_at is None:
        return None
    here = (post.story_id, post.pk, post.published_at, at)
    before, after = _before(*here)[::-1], _after(*here)
    number = _count(before) + 1
    return Place(number, number + _count(after), _near(before), _near(after))


@compiled
def _before(story: int, post: int, published_at: datetime, at: datetime) -> QuerySet[Post, Any]:
    posts = Post.objects.published(at).filter(story=story)
    posts = posts.before(Post(pk=post, published_at=published_at))
    return _counted(posts.newest_first())[:AROUND]


@compiled
def _after(story: int, post: int, published_at: datetime, at: datetime) -> QuerySet[Post, Any]:
    posts = Post.objects.published(at).filter(story=story)
    posts = posts.after(Post(pk=post, published_at=published_at))
    return _counted(posts.chronological())[:AROUND]


def _counted(posts: PostQuerySet) -> QuerySet[Post, Any]:
    """Each with the count of all, so that the few that are near tell how many there are."""
    count = posts.order_by().values("story").annotate(n=Count("pk")).values("n")
    return posts.annotate(count=Subquery(count)).values_list(*FIELDS, "count")


def _near(rows: Sequence[tuple[Any, ...]]) -> list[Neighbour]:
    return [Neighbour(*row[:-1]) for row in rows]


def _count(rows: Sequence[tuple[Any, ...]]) -> int:
    return int(rows[0][-1]) if rows else 0


@dataclass(frozen=True)
class Near:
    """The posts near one in its story, oldest first, with the kinds of their references."""

    posts: Sequence[Neighbour]
    kinds: Mapping[tuple[int, int], Sequence[str]]
    offset: int
    """How many posts of the story are older than all of these."""
    me: Neighbour
    story: Story

    @property
    def told(self) -> tuple[object, ...]:
        """All that the picture depends on, so that it is drawn once (`{% kept %}`)."""
        posts = [
            (post.pk, post.headline, post.get_absolute_url(), post.language, post.published_at)
            for post in self.posts
        ]
        kinds = [(pair, *said) for pair, said in self.kinds.items()]
        where = (self.offset, self.me.pk, self.story.get_absolute_url())
        return (*where, timezone.get_current_timezone_name(), *posts, *kinds)

    def drawn(self) -> Picture:
        return picture(
            self.posts,
            self.kinds,
            offset=self.offset,
            me=self.me,
            listed_at=lambda number: row_of(self.story, number),
        )


def place_picture(post: Post, place: Place | None, at: datetime) -> Near | None:
    """None where none of the posts near it refers to another. One query."""
    if place is None or post.story is None or place.total == 1:
        return None
    me = Neighbour(*(getattr(post, name) for name in FIELDS))
    posts = [*place.before, me, *place.after]
    kinds = kinds_between(posts, at)
    if not kinds:
        return None
    return Near(posts, kinds, place.number - len(place.before) - 1, me, post.story)
