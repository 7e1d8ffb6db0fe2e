"""Authors, stories and topics as readers find them: those with a published post, and how many."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery

from blog.models import Author, Byline, Post, Story, Topic
from blog.models.references import published
from publication.compiled import compiled
from publication.generation.kept import of_generation

Filed = TypeVar("Filed", Author, Story, Topic)
MOST_DEVELOPING = 6


def with_posts(model: type[Filed], at: datetime) -> QuerySet[Filed]:
    """Authors, stories or topics that have a published post, by name: those with a page.

    Asked row by row: to count would read every post.
    """
    rows: dict[type, QuerySet[Any]] = {
        Story: Post.objects.published(at).filter(story=OuterRef("pk")),
        Topic: Post.topics.through.objects.filter(published("post__", at), topic=OuterRef("pk")),
        Author: Byline.objects.filter(published("post__", at), author=OuterRef("pk")),
    }
    return model._default_manager.filter(Exists(rows[model])).order_by("name", "pk")


def with_tallies(records: Iterable[Filed], at: datetime) -> list[Filed]:
    """The same, each with `post_count` and `last_published`, of what readers can see.

    They are counted once a generation. One query at the most.
    """
    records = list(records)
    if not records:
        return []
    model = type(records[0])
    tallies = of_generation(f"filed:{model.__name__}", at, lambda: _tallies(model, at))
    for one in records:
        one.post_count, one.last_published = tallies.get(one.pk, (0, None))  # type: ignore[attr-defined]
    return records


def _tallies(model: type[Filed], at: datetime) -> dict[int, tuple[int, datetime]]:
    """From the posts' side, of which an index tells all that is asked."""
    end = {Author: "authors", Story: "story", Topic: "topics"}[model]
    posts = Post.objects.published(at).order_by().values_list(end)
    counted = posts.annotate(n=Count("pk"), last=Max("published_at"))
    return {pk: (n, last) for pk, n, last in counted if pk is not None}


def filed(model: type[Filed], at: datetime, *, newest_first: bool = False) -> list[Filed]:
    """All that have a page, with their tallies, by name or by their last post. Two queries.

    The tallies know which these are: to ask it of each again would grow with the archive.
    """
    found = with_tallies(model._default_manager.order_by("name", "pk"), at)
    found = [one for one in found if one.post_count]  # type: ignore[attr-defined]
    if newest_first:
        found.sort(key=_last_published, reverse=True)
    return found


def _last_published(record: Author | Story | Topic) -> datetime:
    last: datetime = record.last_published  # type: ignore[union-attr]
    return last


def developing(at: datetime) -> list[Story]:
    """The few that are not concluded and had a post last, with their tallies. Two queries."""
    return with_tallies(_developing(at), at)


@compiled
def _developing(at: datetime) -> QuerySet[Story]:
    newest = Post.objects.published(at).filter(story=OuterRef("pk")).newest_first()
    return (
        Story.objects.filter(is_concluded=False)
        .annotate(last=Subquery(newest.values("published_at")[:1]))
        .filter(last__isnull=False)
        .order_by("-last", "name")[:MOST_DEVELOPING]
    )
