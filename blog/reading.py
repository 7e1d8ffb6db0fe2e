"""What readers are told about posts beside their text: who refers to whom."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from blog.markup import Kind
from blog.models import CrossReference, Post, State
from blog.models.references import UNLISTED
from publication.compiled import compiled

# What this post does to the earlier one …
EARLIER: Mapping[str, str] = {
    Kind.BACKGROUND: "Background",
    Kind.EXTENDS: "Continues it",
    Kind.UPDATES: "Newer information",
    Kind.CORRECTS: "Corrects it",
    Kind.QUALIFIES: "Qualifies it",
    Kind.DISAGREES: "Disagrees with it",
    Kind.SEE_ALSO: "See also",
}
# … and what a later post does to this one.
LATER: Mapping[str, str] = {
    Kind.BACKGROUND: "Background",
    Kind.EXTENDS: "Continues this",
    Kind.UPDATES: "Newer information",
    Kind.CORRECTS: "Corrects this",
    Kind.QUALIFIES: "Qualifies this",
    Kind.DISAGREES: "Disagrees with this",
    Kind.SEE_ALSO: "See also",
}


@dataclass(frozen=True)
class Meant:
    """A paragraph that a mark names, and how it begins."""

    id: str
    excerpt: str


@dataclass(frozen=True)
class Reference:
    """One post that another refers to, however many of its marks do; told by the first of them."""

    post: Post
    kind_words: str
    sentence_html: SafeString
    paragraph: str
    url: str
    meant: tuple[str, ...] = ()
    """The paragraphs of the post referred to that its marks name."""
    passages: tuple[Meant, ...] = ()
    """The same with their words, for references of `blog.previewed.with_passages`."""


def marked(sentence: str, anchor: str) -> SafeString:
    """The sentence, with the words that carry the link marked where they stand in it."""
    before, found, after = sentence.partition(anchor) if anchor else (sentence, "", "")
    if not found:
        return escape(sentence)
    return format_html("{}<mark>{}</mark>{}", before, found, after)


def _sentence(mark: CrossReference, target: Post) -> SafeString:
    """A bare [[slug]] is kept in the sentence as its slug; readers see the headline."""
    if mark.anchor:
        return marked(mark.sentence, mark.anchor)
    slug = re.compile(re.escape(mark.written), re.IGNORECASE)
    return marked(slug.sub(lambda _: target.headline, mark.sentence, count=1), target.headline)


def earlier(post: Post, at: datetime) -> list[Reference]:
    """The posts that this one refers to, in the order of its text."""
    return earlier_by(CrossReference.objects.filter(post=post).with_targets(), at)


def earlier_by(rows: Iterable[CrossReference], at: datetime) -> list[Reference]:
    """The public posts to which these marks of one text lead, with their targets at hand.

    The marks may be unsaved. Nothing is asked.
    """
    rows = [row for row in rows if row.target and row.target.state(at) is State.PUBLISHED]
    targets = {row.target_id: row.target for row in rows if row.target}
    return [
        referred(targets[pk], targets[pk], marks, EARLIER)
        for pk, marks in grouped(rows, "target_id").items()
    ]


def later(post: Post, at: datetime) -> list[Reference]:
    """The posts that refer to this one, newest first."""
    marks = grouped(_referring(post.pk, at), "post_id")
    return [referred(some[0].post, post, some, LATER) for some in marks.values()]


@compiled
def _referring(target: int, at: datetime) -> QuerySet[CrossReference]:
    return (
        CrossReference.objects.public(at)
        .filter(target=target)
        .order_by("-post__published_at", "-post_id", "position")
        .select_related("post")
        .defer(*(f"post__{name}" for name in ("standfirst", *UNLISTED)))
    )


def grouped(rows: Iterable[CrossReference], end: str) -> dict[int, list[CrossReference]]:
    groups: dict[int, list[CrossReference]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, end)].append(row)
    return groups


def referred(
    shown: Post, target: Post, marks: Sequence[CrossReference], words: Mapping[str, str]
) -> Reference:
    """What the marks of one post that lead to `target` tell of the other one of the two."""
    first = marks[0]
    paragraph = first.target_paragraph if shown == target else first.paragraph
    return Reference(
        post=shown,
        kind_words=kind_words([mark.kind for mark in marks], words),
        sentence_html=_sentence(first, target),
        paragraph=first.paragraph,
        url=shown.get_absolute_url() + (f"#{paragraph}" if paragraph else ""),
        meant=tuple(dict.fromkeys(m.target_paragraph for m in marks if m.target_paragraph)),
    )


def kind_words(kinds: Iterable[str], words: Mapping[str, str]) -> str:
    """Every kind once; "background" only where nothing more is said."""
    said = [kind for kind in dict.fromkeys(kinds) if kind != Kind.BACKGROUND]
    first, *others = [words[kind] for kind in said or [Kind.BACKGROUND]]
    return ", ".join([first, *(other[0].lower() + other[1:] for other in others)])


def in_lists(ids: tuple[int, ...], at: datetime) -> list[Post]:
    """The posts of a page of a list, newest first, counted and noted. One query."""
    return _in_lists(ids, at) if ids else []


@compiled
def _in_lists(ids: tuple[int, ...], at: datetime) -> QuerySet[Post]:
    posts = Post.objects.filter(pk__in=ids).listed()
    return posts.with_counts(at).with_notices(at).newest_first()


def with_refers_to(posts: Iterable[Post], at: datetime) -> list[Post]:
    """The same posts, each with `refers_to`: the posts it refers to, oldest first. Two queries."""
    posts = list(posts)
    rows = CrossReference.objects.public(at).filter(post__in=posts)
    pairs = set(rows.values_list("post_id", "target_id"))
    targets = (
        Post.objects.published(at).filter(pk__in={target for _, target in pairs}).named()
    ).chronological()
    shown = list(targets)
    for post in posts:
        refers_to = [target for target in shown if (post.pk, target.pk) in pairs]
        post.refers_to = refers_to  # type: ignore[attr-defined]
    return posts
