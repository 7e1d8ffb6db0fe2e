"""A story at a glance: its posts on a line of time, what refers to what, and its claims."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from blog.drawing.arcs import Drawing, Joined, Mark, Stroke, draw
from blog.drawing.scales import NARROW, WIDE, Canvas
from blog.lanes import Course, Laned, lanes_of
from blog.markup import Kind
from blog.models import CrossReference, Post, Story
from blog.reading import EARLIER, kind_words
from publication.compiled import compiled
from sources.ledger.explaining import number
from sources.models import Claim

# What one picture holds; the newest, and the references that say most, where there is more.
MOST_POSTS = 150
MOST_REFERENCES = 400
# A story reads as a whole: its page is long. Its rows are numbered through.
POSTS_OF_A_STORY = 100
# How many references of a mark are told when it is pointed at; the table has them all.
TOLD_AT_MOST = 6
HIGHER: Mapping[str, tuple[Canvas, int]] = {"wide": (WIDE, 200), "narrow": (NARROW, 130)}
LOWER: Mapping[str, tuple[Canvas, int]] = {"wide": (WIDE, 110), "narrow": (NARROW, 90)}

STROKES: Mapping[str, Stroke] = {
    Kind.EXTENDS: Stroke.FIRM,
    Kind.UPDATES: Stroke.FIRM,
    Kind.CORRECTS: Stroke.BROKEN,
    Kind.QUALIFIES: Stroke.BROKEN,
    Kind.DISAGREES: Stroke.BROKEN,
}
STRENGTH = (Stroke.PLAIN, Stroke.FIRM, Stroke.BROKEN)


class Drawn(Protocol):
    """What a picture asks of a post."""

    @property
    def pk(self) -> int: ...
    @property
    def headline(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...
    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Pointed:
    """A mark with what it leads to, and what is told of it while it is pointed at."""

    mark: Mark
    url: str
    title: str
    told: str
    language: str = ""
    is_me: bool = False

    @property
    def name(self) -> str:
        """What a screen reader says; it begins with the label that others see."""
        title = f"{self.mark.label}. {self.title}" if self.mark.is_one else self.title
        return f"{title.lstrip('. ')}. {self.told}".rstrip(". ")


@dataclass(frozen=True)
class View:
    """The picture for screens of one width."""

    name: str
    drawing: Drawing
    pointed: Sequence[Pointed]


@dataclass(frozen=True)
class Row:
    """A post as the table tells it: the numbers of the posts it refers to, with the kinds."""

    number: int
    post: Drawn
    refers_to: Sequence[tuple[int, str]]
    referred_by: Sequence[int]


@dataclass(frozen=True)
class Picture:
    views: Sequence[View]
    rows: Sequence[Row]
    summary: str
    strokes: Collection[Stroke]
    lanes: Sequence[Laned] = ()
    left_out: int = 0
    """Posts older than those drawn."""
    undrawn: int = 0
    """References for which there was no room."""

    @property
    def is_dense(self) -> bool:
        return any(view.drawing.is_dense for view in self.views)


def story_picture(
    story: Story, page: "Page[Post]", claims: Iterable[Claim], at: datetime
) -> Picture | None:
    """Of a whole story, above the first page of its posts; None where it has one alone.

    Two queries, two more where there are claims.
    """
    newest = Post.objects.published(at).filter(story=story).named().newest_first()
    posts = list(newest[:MOST_POSTS])[::-1]
    if len(posts) < 2:
        return None
    return picture(
        posts,
        kinds_between(posts, at),
        offset=page.paginator.count - len(posts),
        heights=HIGHER,
        lanes=lanes_of(posts, claims, at),
        listed_at=lambda number: row_of(story, number),
    )


def row_of(story: Story, number: int) -> str:
    """The address of a post's row on the page of its story."""
    page = (number - 1) // POSTS_OF_A_STORY + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{story.get_absolute_url()}{query}#post-{number}"


def picture(
    posts: Sequence[Drawn],
    kinds: Mapping[tuple[int, int], Sequence[str]],
    *,
    offset: int = 0,
    me: Drawn | None = None,
    lanes: Sequence[Course] = (),
    heights: Mapping[str, tuple[Canvas, int]] = LOWER,
    listed_at: Callable[[int], str],
) -> Picture:
    """Of posts in the order of time, the first of which has the number `offset` + 1.

    Nothing is asked. `kinds` are those of `kinds_between`, and `listed_at` is where the post of a
    number stands in a list: that is where marks of several posts lead.
    """
    joined, undrawn = joined_by(posts, kinds)
    rows = _rows(posts, kinds, offset)
    until = max([moment_of(posts[-1]), *(lane.until for lane in lanes)])
    views = []
    for name, (canvas, height) in heights.items():
        drawing = draw(
            [moment_of(post) for post in posts],
            joined,
            canvas=canvas,
            height=height,
            until=until,
            offset=offset,
        )
        pointed = [_pointed(mark, rows, me, listed_at) for mark in drawing.marks]
        views.append(View(name, drawing, pointed))
    return Picture(
        views=views,
        rows=rows,
        summary=summed_up(posts, len(kinds)),
        strokes={one.stroke for one in joined},
        lanes=[lane.drawn(views[0].drawing, views[1].drawing) for lane in lanes],
        left_out=offset if me is None else 0,
        undrawn=undrawn,
    )


def kinds_between(posts: Iterable[Drawn], at: datetime) -> dict[tuple[int, int], list[str]]:
    """For each pair of these posts of which one refers to the other, the kinds of its marks."""
    ids = tuple(post.pk for post in posts)
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for post, target, kind in _references_among(ids, at) if ids else []:
        if post != target:
            found[post, target].append(kind)
    return found


@compiled
def _references_among(posts: tuple[int, ...], at: datetime) -> QuerySet[Any, Any]:
    rows = CrossReference.objects.public(at).filter(post__in=posts, target__in=posts)
    return rows.order_by("post_id", "position").values_list("post_id", "target_id", "kind")


def joined_by(
    posts: Sequence[Drawn], kinds: Mapping[tuple[int, int], Sequence[str]]
) -> tuple[list[Joined], int]:
    """What is drawn, and how many are not: the plain ones of old posts first."""
    index = {post.pk: number for number, post in enumerate(posts)}
    every = [Joined(index[a], index[b], _stroke(said)) for (a, b), said in kinds.items()]
    every.sort(key=lambda one: (STRENGTH.index(one.stroke), one.post), reverse=True)
    drawn = sorted(every[:MOST_REFERENCES], key=lambda one: (one.post, one.target))
    return drawn, len(every) - len(drawn)


def _stroke(kinds: Iterable[str]) -> Stroke:
    return max((STROKES.get(kind, Stroke.PLAIN) for kind in kinds), key=STRENGTH.index)


def _rows(
    posts: Sequence[Drawn], kinds: Mapping[tuple[int, int], Sequence[str]], offset: int
) -> list[Row]:
    index = {post.pk: offset + n + 1 for n, post in enumerate(posts)}
    refers_to: dict[int, list[tuple[int, str]]] = defaultdict(list)
    referred_by: dict[int, list[int]] = defaultdict(list)
    for (post, target), said in kinds.items():
        refers_to[post].append((index[target], kind_words(said, EARLIER).lower()))
        referred_by[target].append(index[post])
    return [
        Row(index[post.pk], post, sorted(refers_to[post.pk]), sorted(referred_by[post.pk]))
        for post in posts
    ]


def _pointed(
    mark: Mark, rows: Sequence[Row], me: Drawn | None, listed_at: Callable[[int], str]
) -> Pointed:
    of = rows[mark.first : mark.last + 1]
    is_me = me is not None and any(row.post.pk == me.pk for row in of)
    first, last = of[0], of[-1]
    if mark.is_one:
        title = f"{first.post.headline}, {_day(first.post)}"
        url, told = first.post.get_absolute_url(), _told(first)
        return Pointed(mark, url, title, told, first.post.language, is_me)
    title = f"Posts {first.number} to {last.number}, {_period(first.post, last.post)}"
    return Pointed(mark, listed_at(first.number), title, "", "", is_me)


def _told(row: Row) -> str:
    """ "Refers to 1, 2 (corrects it). Referred to by 9."."""
    later = [str(number) for number in row.referred_by]
    words = [
        str(target) if kind == "background" else f"{target} ({kind})"
        for target, kind in row.refers_to
    ]
    sentences = [
        f"Refers to {_listed(words)}" if words else "",
        f"Referred to by {_listed(later)}" if later else "",
    ]
    return "".join(f"{sentence}. " for sentence in sentences if sentence).strip()


def _listed(words: Sequence[str]) -> str:
    if len(words) > TOLD_AT_MOST + 1:
        return f"{', '.join(words[:TOLD_AT_MOST])} and {len(words) - TOLD_AT_MOST} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def summed_up(posts: Sequence[Drawn], references: int) -> str:
    """ "Nine posts from 2 September to 21 November 2024, joined by thirteen references"."""
    joined = f"{number(references)} reference{'s' * (references != 1)}" if references else "none"
    words = f"{number(len(posts))} posts, {_period(posts[0], posts[-1])}"
    tail = f"joined by {joined}" if references else "none of which refers to another"
    return f"{words[0].upper()}{words[1:]}, {tail}"


def _period(first: Drawn, last: Drawn) -> str:
    begin, end = _day(first), _day(last)
    return begin if begin == end else f"{begin} to {end}"


def _day(post: Drawn) -> str:
    return date_format(moment_of(post), "j F Y")


def moment_of(post: Drawn) -> datetime:
    """In the zone of the site. Only published posts are drawn."""
    return timezone.localtime(post.published_at)
