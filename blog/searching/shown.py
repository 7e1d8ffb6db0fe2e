"""What was found, as a page shows it. The number of queries does not grow with the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from blog.models import Assumption, Card, Citation, Post, Story
from blog.searching.asking import Question
from blog.searching.hits import WHOLE_TEXTS, Hit, Kind
from blog.searching.passages import Said, marked, said
from sources.models import Claim, Source


@dataclass(frozen=True)
class Shown:
    """One line of the results."""

    kind: Kind
    of: Post | Claim | Source
    url: str
    title_html: SafeString
    language: str = ""
    said_html: str = ""
    said_url: str = ""
    about: str = ""
    """Of a source: outlet and day."""
    posts: int = 0
    """How many posts rest on the claim, or cite the source."""

    @property
    def label(self) -> str:
        return {Kind.POST: "Post", Kind.CLAIM: "Claim", Kind.SOURCE: "Source"}[self.kind]


def shown(hits: Sequence[Hit], question: Question, at: datetime) -> list[Shown]:
    rows = (
        _posts(_ids(hits, Kind.POST), question, at)
        | _claims(_ids(hits, Kind.CLAIM), question, at)
        | _sources(_ids(hits, Kind.SOURCE), question, at)
    )
    return [rows[hit.kind, hit.pk] for hit in hits if (hit.kind, hit.pk) in rows]


Rows = dict[tuple[Kind, int], Shown]


def _ids(hits: Sequence[Hit], kind: Kind) -> list[int]:
    return [hit.pk for hit in hits if hit.kind is kind]


def _posts(ids: Sequence[int], question: Question, at: datetime) -> Rows:
    if not ids:
        return {}
    posts = Post.objects.published(at).filter(pk__in=ids).listed().with_notices(at)
    passages = _passages(ids, question)
    return {(Kind.POST, post.pk): _post(post, passages.get(post.pk), question) for post in posts}


def _passages(ids: Sequence[int], question: Question) -> dict[int, Said | None]:
    """By post. A few cards at a time, which are whole texts."""
    if not question.terms:
        return {}
    cards = Card.objects.filter(pk__in=ids).only("lines", "passages")
    return {card.pk: said(question, card) for card in cards.iterator(WHOLE_TEXTS)}


def _post(post: Post, passage: Said | None, question: Question) -> Shown:
    url = post.get_absolute_url()
    return Shown(
        Kind.POST,
        post,
        url,
        marked(question, post.headline),
        language=post.language,
        said_html=passage.html if passage else post.standfirst,
        said_url=f"{url}#{passage.paragraph}" if passage and passage.paragraph else url,
    )


def _claims(ids: Sequence[int], question: Question, at: datetime) -> Rows:
    if not ids:
        return {}
    resting = Assumption.objects.public(at).standing().filter(claim__in=ids).order_by()
    counts = dict(resting.values_list("claim").annotate(n=Count("post", distinct=True)))
    claims = Claim.objects.with_standing(at).filter(pk__in=ids)
    return {(Kind.CLAIM, one.pk): _claim(one, question, counts.get(one.pk, 0)) for one in claims}


def _claim(claim: Claim, question: Question, posts: int) -> Shown:
    beside = " ".join(filter(None, [claim.note, claim.would_confirm]))
    html = marked(question, beside, length=220) if beside else ""
    return Shown(
        Kind.CLAIM,
        claim,
        reverse("blog:claim", args=[claim.slug]),
        marked(question, claim.statement),
        said_html=html if "<mark>" in html else "",
        posts=posts,
    )


def _sources(ids: Sequence[int], question: Question, at: datetime) -> Rows:
    if not ids:
        return {}
    marks = Citation.objects.public(at).filter(source__in=ids).order_by()
    counts = dict(marks.values_list("source").annotate(n=Count("post", distinct=True)))
    sources = Source.objects.with_outlet().filter(pk__in=ids)
    return {(Kind.SOURCE, one.pk): _source(one, question, counts.get(one.pk, 0)) for one in sources}


def _source(source: Source, question: Question, posts: int) -> Shown:
    note = marked(question, source.note, length=220)
    published_in = source.outlet.name if source.outlet else source.container_title
    return Shown(
        Kind.SOURCE,
        source,
        reverse("blog:source", args=[source.citekey]),
        marked(question, str(source)),
        language=source.language,
        said_html=note if "<mark>" in note else "",
        about=", ".join(filter(None, [published_in or _type(source), source.issued_on.text()])),
        posts=posts,
    )


def _type(source: Source) -> str:
    return capfirst(source.get_csl_type_display())


def named_stories(counted: Sequence[tuple[int, int]]) -> list[tuple[Story, int]]:
    stories = Story.objects.in_bulk([pk for pk, _ in counted])
    return [(stories[pk], n) for pk, n in counted if pk in stories]
