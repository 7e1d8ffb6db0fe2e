"""Stories in small: beside their names, for the eye alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from blog.drawing.arcs import Drawing, draw
from blog.drawing.scales import SMALL
from blog.models import Post, Story
from blog.pictured import joined_by, kinds_between, moment_of, summed_up

# The newest ones.
MOST_POSTS = 60
HEIGHT = 26


@dataclass(frozen=True)
class Small:
    drawing: Drawing
    summary: str


def with_small_pictures(stories: Iterable[Story], at: datetime) -> list[Story]:
    """The same stories, each with `small`: its newest posts, or None for one post. Two queries."""
    stories = list(stories)
    by_age = Window(RowNumber(), partition_by=F("story"), order_by=[F("published_at").desc()])
    newest = Post.objects.published(at).filter(story__in=stories).named().annotate(age=by_age)
    posts = list(newest.filter(age__lte=MOST_POSTS).chronological())
    kinds = kinds_between(posts, at)
    for story in stories:
        its = [post for post in posts if post.story_id == story.pk]
        story.small = _small(its, kinds) if len(its) > 1 else None  # type: ignore[attr-defined]
    return stories


def _small(posts: Sequence[Post], kinds: Mapping[tuple[int, int], Sequence[str]]) -> Small:
    ids = {post.pk for post in posts}
    inner = {pair: said for pair, said in kinds.items() if ids.issuperset(pair)}
    joined, _ = joined_by(posts, inner)
    moments = [moment_of(post) for post in posts]
    drawing = draw(moments, joined, canvas=SMALL, height=HEIGHT)
    return Small(drawing, summed_up(posts, len(inner)))
