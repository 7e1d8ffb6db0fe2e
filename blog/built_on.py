"""How I got here: the earlier posts that a post builds on, as one reading list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from blog.models import CrossReference, Post
from blog.reading import LATER, Reference, grouped, referred

# How far back it goes, in steps from post to post, and how long it may be.
MOST_STEPS = 12
MOST_POSTS = 60
# How many later posts of the list are heard on how they lead on from one.
MOST_SENTENCES = 3


@dataclass(frozen=True)
class Stop:
    """An earlier post, and what later ones of the list say when they refer to it."""

    number: int
    post: Post
    leads_on: Sequence[Reference]
    more: int
    """How many others refer to it, too."""


@dataclass(frozen=True)
class Way:
    stops: Sequence[Stop]
    """Oldest first; the post itself is not among them."""
    goes_on: bool
    """There may be more: the list has reached its bounds."""

    @property
    def posts(self) -> list[Post]:
        return [stop.post for stop in self.stops]


def way_to(post: Post, at: datetime) -> Way:
    """Two queries, and one for each step back, of which there are at most MOST_STEPS."""
    reached, goes_on = _reached(post, at)
    posts = Post.objects.published(at).filter(pk__in=reached).listed().chronological()
    found = [*posts, post]
    sentences = _sentences(found, at)
    return Way(
        [_stop(n, one, sentences[one.pk]) for n, one in enumerate(found[:-1], start=1)], goes_on
    )


def has_way(post: Post, earlier: Iterable[Reference]) -> bool:
    """Whether any of the posts referred to was there before; nothing is asked."""
    return any(_order(one.post) < _order(post) for one in earlier)


def _order(post: Post) -> tuple[datetime, int]:
    """That of `chronological`; a draft would be the last."""
    return post.published_at or datetime.max.replace(tzinfo=UTC), post.pk


def _reached(post: Post, at: datetime) -> tuple[set[int], bool]:
    """The ids of the posts it builds on, the nearest where not all have room; is there more?"""
    reached: set[int] = set()
    step = [post.pk]
    for _ in range(MOST_STEPS):
        further = [pk for pk in _referred_to(step, at) if pk not in reached]
        step = further[: MOST_POSTS - len(reached)]
        reached.update(step)
        if len(step) < len(further):
            return reached, True
        if not step:
            return reached, False
    return reached, True


def _referred_to(posts: Iterable[int], at: datetime) -> list[int]:
    """The earlier posts to which these refer, newest first."""
    rows = CrossReference.objects.public(at).backwards().filter(post__in=posts)
    newest = rows.order_by("-target__published_at", "-target_id")
    return list(dict.fromkeys(pk for pk in newest.values_list("target_id", flat=True) if pk))


def _sentences(posts: Sequence[Post], at: datetime) -> Mapping[int, list[Reference]]:
    """For each post what those later in the list say of it, in their order."""
    by_id = {post.pk: post for post in posts}
    rows = (
        CrossReference.objects.public(at)
        .backwards()
        .filter(post__in=by_id, target__in=by_id)
        .order_by("post__published_at", "post_id", "position")
    )
    return {
        earlier: [
            referred(by_id[later], by_id[earlier], some, LATER)
            for later, some in grouped(marks, "post_id").items()
        ]
        for earlier, marks in grouped(rows, "target_id").items()
    }


def _stop(number: int, post: Post, said: Sequence[Reference]) -> Stop:
    return Stop(number, post, said[:MOST_SENTENCES], max(0, len(said) - MOST_SENTENCES))
