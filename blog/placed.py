"""The picture of a post's place: what refers to what among the posts near it in its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from blog.models import Post, Story
from blog.pictured import Picture, kinds_between, picture, row_of
from blog.reading import Place


@dataclass(frozen=True)
class Near:
    """The posts near one in its story, oldest first, with the kinds of their references."""

    posts: Sequence[Post]
    kinds: Mapping[tuple[int, int], Sequence[str]]
    offset: int
    """How many posts of the story are older than all of these."""
    me: Post
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
    posts = [*place.before, post, *place.after]
    kinds = kinds_between(posts, at)
    return (
        Near(posts, kinds, place.number - len(place.before) - 1, post, post.story)
        if kinds
        else None
    )
