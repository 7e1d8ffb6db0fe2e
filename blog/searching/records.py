"""Which public sources and claims have what is asked for."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from blog.claimed import shown_sources
from blog.models import public_claims
from blog.models.reading import AT_ONCE
from blog.searching.asking import BEGINS, Question, Term
from blog.searching.hits import Hit, Kind
from blog.searching.narrowing import Narrowing
from sources.models import Claim, Outlet
from sources.models.finding import BAR

# A claim is what is said of it; a title says what a source is about, and is not ours.
IN_STATEMENT, IN_TITLE, IN_OUTLET, BESIDE = 40, 20, 15, 10


def source_hits(question: Question, narrowing: Narrowing, at: datetime) -> Iterator[Hit]:
    rows = shown_sources(at).citable().filter(_of_sources(question))
    if narrowing.outlet:
        rows = rows.filter(outlet__slug=narrowing.outlet)
    if narrowing.year:
        rows = rows.filter(issued_year=int(narrowing.year) if narrowing.year.isdecimal() else -1)
    fields = ("pk", "found_by", "outlet__found_by", "issued_year", "issued_month", "issued_day")
    for pk, words, outlet, *issued in rows.order_by().values_list(*fields).iterator(AT_ONCE):
        points = _points(question, IN_TITLE, words, outlet or "")
        if points is not None:
            yield Hit(Kind.SOURCE, pk, points, _day(*issued))


def claim_hits(question: Question, narrowing: Narrowing, at: datetime) -> list[Hit]:
    if narrowing.outlet:
        return []
    claims = public_claims(at).with_standing(at).filter(_likely(question))
    found = [
        Hit(Kind.CLAIM, claim.pk, points, _last_day(claim))
        for claim in claims
        if (points := _points(question, IN_STATEMENT, claim.found_by)) is not None
    ]
    return [hit for hit in found if hit.day.startswith(narrowing.year)]


def _last_day(claim: Claim) -> str:
    """When it last moved; when it was made, if it never did."""
    at: datetime = getattr(claim, "moved_at", None) or claim.created_at
    return f"{timezone.localdate(at):%Y-%m-%d}"


def _of_sources(question: Question) -> Q:
    """As `_likely`, by an index of the words: there are more sources than posts."""
    outlets = _outlets(question)
    likely = Q()
    for term in question.terms:
        by_outlet = [pk for pk, words in outlets if term.common in words]
        likely &= Q(found_by__has=_words(term)) | Q(outlet__in=by_outlet)
    return likely


def _outlets(question: Question) -> list[tuple[int, str]]:
    """Of which any term may be a word. By their ids an index is read, by a query in a query not."""
    any_of = Q(*(("found_by__contains", term.common) for term in question.terms), _connector=Q.OR)
    return list(Outlet.objects.filter(any_of).values_list("pk", "found_by"))


def _words(term: Term) -> list[str]:
    """Those that a line has wherever it has `term.common`; one with a star may go on."""
    *whole, last = term.common.split()
    return [*whole, last if term.common.endswith(" ") else f"{last}*"]


def _likely(question: Question) -> Q:
    """Every term begins, somewhere, as it does in all its forms."""
    likely = Q()
    for term in question.terms:
        likely &= Q(found_by__contains=term.common)
    return likely


def _points(question: Question, in_name: int, words: str, outlet: str = "") -> int | None:
    """None unless every term stands somewhere, and none that is not wanted."""
    name, _, rest = words.partition(BAR)
    places = ((in_name, name), (IN_OUTLET, outlet), (BESIDE, rest))
    total = 0
    for term in question.terms:
        points = max(weight * term.grade_of(line) for weight, line in places)
        if not points:
            return None
        total += points
    is_unwanted = any(
        term.grade_of(line) >= BEGINS for term in question.without for _, line in places
    )
    return None if is_unwanted else total


def _day(year: int | None, month: int | None, day: int | None) -> str:
    return "-".join(f"{part:02d}" for part in (year, month, day) if part)
