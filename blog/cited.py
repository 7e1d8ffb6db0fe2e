"""What published posts cite, asked from the posts' side: sources know nothing of posts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from blog.models import Citation, Post, Story
from blog.models.reading import AT_ONCE
from blog.reading import marked
from publication.generation.kept import of_generation
from sources.bibliography import bibliography_html
from sources.models import Outlet, Source

# A post's marks are numbered from 0 and never reach this: it makes one number of (post, mark).
MARKS = 1_000_000
NOTES = Count(F("post_id") * MARKS + F("position"), distinct=True, filter=Q(is_link=False))
POSTS = Count("post", distinct=True)
# A source that more posts cite than these leads to its own page, which has them all.
MOST_CITING = 10
# An outlet or else a source without one, in how many posts, and in how many notes.
Tally = tuple[int | None, int | None, int, int]


@dataclass(frozen=True)
class Row:
    """A line of the sources index: an outlet, or a source that has none."""

    shown: Outlet | Source
    post_count: int
    note_count: int

    def __str__(self) -> str:
        return str(self.shown)

    @property
    def name(self) -> str:
        return str(self.shown)

    @property
    def native_name(self) -> str:
        return self.shown.native_name if isinstance(self.shown, Outlet) else ""

    @property
    def language(self) -> str:
        return self.shown.language

    @property
    def description(self) -> str:
        """What it is, in a few words: "Newspaper, United States"."""
        country = self.shown.country if isinstance(self.shown, Outlet) else ""
        return ", ".join(filter(None, [capfirst(self.get_kind_display()), country]))

    def get_kind_display(self) -> str:
        if isinstance(self.shown, Outlet):
            return self.shown.get_kind_display()
        return self.shown.get_csl_type_display()

    def get_absolute_url(self) -> str:
        if isinstance(self.shown, Outlet):
            return reverse("blog:outlet", args=[self.shown.slug])
        return reverse("blog:source", args=[self.shown.citekey])


def tallies(at: datetime, *, by_name: bool = False) -> QuerySet[Any, Any]:
    """How often each outlet, or source without outlet, is cited; most cited first.

    Notes are counted once however many sources they name; plain links are no notes.
    """
    name = Lower(
        Coalesce("source__outlet__name", NullIf("source__title", Value("")), "source__citekey")
    )
    alone = Case(When(source__outlet__isnull=True, then=F("source_id")))
    order = ["name"] if by_name else ["-post_count", "-note_count", "name"]
    return (
        Citation.objects.public(at)
        .annotate(outlet=F("source__outlet_id"), alone=alone, name=name)
        .values("outlet", "alone", "name")
        .annotate(post_count=POSTS, note_count=NOTES)
        .order_by(*order, "outlet", "alone")
    )


def tallies_in_order(at: datetime, *, by_name: bool = False) -> list[Tally]:
    """All of them: counted once a generation, since that reads every citation there is."""
    name = f"tallies:{'name' if by_name else 'cited'}"
    return of_generation(name, at, lambda: _plain(tallies(at, by_name=by_name)))


def _plain(tallied: QuerySet[Any, Any]) -> list[Tally]:
    return list(tallied.values_list("outlet", "alone", "post_count", "note_count"))


def rows(tallied: Iterable[Tally]) -> list[Row]:
    """The tallies with what they count, in two queries."""
    tallied = list(tallied)
    outlets = Outlet.objects.in_bulk([outlet for outlet, *_ in tallied if outlet])
    sources = Source.objects.in_bulk([alone for _, alone, *_ in tallied if alone])
    return [
        Row(outlets[outlet] if outlet else sources[alone or 0], posts, notes)
        for outlet, alone, posts, notes in tallied
    ]


def most_cited(story: Story, at: datetime, *, limit: int = 5) -> list[Row]:
    """The outlets that a story leans on."""
    cited = tallies(at).filter(post__story=story, source__outlet__isnull=False)
    return rows(_plain(cited[:limit]))


@dataclass(frozen=True)
class Passage:
    """A sentence that cites, and where it stands."""

    html: SafeString
    url: str


def posts_citing(source: Source, at: datetime) -> QuerySet[Post]:
    return Post.objects.published(at).citing(source).named().newest_first()


def with_sentences(posts: Iterable[Post], source: Source) -> list[Post]:
    """The same posts, each with `sentences`: the passages in which it cites this source."""
    posts = list(posts)
    passages: dict[int, list[Passage]] = defaultdict(list)
    marks = Citation.objects.filter(source=source, post__in=posts).order_by("position")
    urls = {post.pk: post.get_absolute_url() for post in posts}
    for mark in marks:
        passage = Passage(marked(mark.sentence, mark.anchor), _at(urls[mark.post_id], mark))
        if passage not in passages[mark.post_id]:
            passages[mark.post_id].append(passage)
    for post in posts:
        post.sentences = passages[post.pk]  # type: ignore[attr-defined]
    return posts


def _at(url: str, mark: Citation) -> str:
    return f"{url}#{mark.paragraph}" if mark.paragraph else url


def cited_sources(at: datetime) -> QuerySet[Source]:
    """The sources that published posts cite: those that have a page."""
    return Source.objects.with_outlet().filter(is_cited(at))


def is_cited(at: datetime) -> Exists:
    """Of a source. Asked of each by itself: a page about one does not read of all."""
    return Exists(Citation.objects.public(at).filter(source=OuterRef("pk")))


def cited_outlets(at: datetime) -> QuerySet[Outlet]:
    return Outlet.objects.filter(Exists(cited_sources(at).filter(outlet=OuterRef("pk"))))


def sources_of(outlet: Outlet, at: datetime) -> QuerySet[Source]:
    """An outlet's sources that published posts cite, newest first."""
    newest = [F(f"issued_{part}").desc(nulls_last=True) for part in ("year", "month", "day")]
    return cited_sources(at).filter(outlet=outlet).order_by(*newest, "citekey")


def with_citing(sources: Iterable[Source], at: datetime) -> list[Source]:
    """The same sources, each with its `entry_html`, the newest posts that cite it as `citing`,
    and how many others there are as `citing_too`.
    """
    sources = list(sources)
    newest: dict[int, list[int]] = defaultdict(list)
    others: Counter[int] = Counter()
    for source_id, post_id in _newest_citing(sources, at):
        if len(newest[source_id]) < MOST_CITING:
            newest[source_id].append(post_id)
        else:
            others[source_id] += 1
    shown = (
        Post.objects.published(at).named().in_bulk({pk for pks in newest.values() for pk in pks})
    )
    for source in sources:
        told: Any = source
        told.entry_html = bibliography_html(source.entry())
        told.citing = [shown[pk] for pk in newest[source.pk]]
        told.citing_too = others[source.pk]
    return sources


def _newest_citing(sources: Sequence[Source], at: datetime) -> Iterator[tuple[int, int]]:
    """Ids of sources, each with that of a post: each pair once, the newest posts first."""
    marks = Citation.objects.public(at).filter(source__in=sources)
    pairs = marks.order_by("-post__published_at", "-post_id").values_list("source_id", "post_id")
    return pairs.distinct().iterator(AT_ONCE)
