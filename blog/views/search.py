"""Searching: what was asked for stands in the address, and nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.searching import Found, Kind, Narrowing, Search, asked, find, named, named_stories, shown
from blog.searching.choices import choices, chosen
from blog.searching.narrowing import clean
from blog.views.origin import origin

RESULTS_ON_A_PAGE = 20
# Beside the results: the stories that have most of them.
STORIES_BESIDE = 8
KINDS = {"": "everything", Kind.POST: "posts", Kind.SOURCE: "sources", Kind.CLAIM: "claims"}
ORDERS = {"": "closest first", "date": "newest first"}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    wish, state = _wish(request.GET), State.of(request.GET)
    number = _number(request.GET.get("page", "1"))
    before = (number - 1) * RESULTS_ON_A_PAGE
    found = find(wish, at, most=before + RESULTS_ON_A_PAGE)
    page = _page(found, number)
    context = {
        "q": state.given.get("q", ""),
        "wish": wish,
        "found": found,
        "kinds": KINDS.items(),
        "orders": ORDERS.items(),
        "order": "date" if wish.is_by_date else "",
        "results": shown(found.hits[before:], found.question, at),
        "counts": _counts(found),
        "chosen": [(one, state.link(**{one.name: ""})) for one in chosen(wish.narrowing, at)],
        "everywhere": state.link(**dict.fromkeys(wish.narrowing.chosen, "")),
        "instead": state.link(q=str(found.question)),
    }
    context |= _pager(page, state) | _beside(found, state) | _by_name(wish, at)
    return render(request, "blog/search.html", context)


@require_safe
def open_search(request: HttpRequest) -> HttpResponse:
    """How a browser searches here from its own bar."""
    context = {"address": origin(request) + reverse("blog:search"), "origin": origin(request)}
    kind = "application/opensearchdescription+xml"
    return render(request, "blog/opensearch.xml", context, content_type=kind)


@dataclass(frozen=True)
class State:
    """What the address says, tidied; and the addresses of what is next to it."""

    given: Mapping[str, str]

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "State":
        names = ("q", "in", "sort", *Narrowing.__dataclass_fields__)
        return cls({name: value for name in names if (value := clean(sent.get(name, "")))})

    def link(self, **changes: str) -> str:
        """The same search with something else, from its first page; empty: without."""
        merged = {name: value for name, value in {**self.given, **changes}.items() if value}
        return f"?{urlencode(merged)}" if merged else reverse("blog:search")


def _wish(sent: Mapping[str, str]) -> Search:
    kind = sent.get("in", "")
    return Search(
        question=asked(sent.get("q", "")),
        narrowing=Narrowing.of(sent),
        kind=Kind(kind) if kind in list(Kind) else None,
        is_by_date=sent.get("sort") == "date",
    )


def _number(sent: str) -> int:
    """Raises Http404 for what is no page's."""
    try:
        number = int(sent)
    except ValueError:
        number = 0
    if number < 1:
        raise Http404("There is no such page.")
    return number


def _page(found: Found, number: int) -> Page[int]:
    """Raises Http404 for one that is not there."""
    try:
        return Paginator(range(found.tally.total), RESULTS_ON_A_PAGE).page(number)
    except InvalidPage as error:
        raise Http404("There is no such page.") from error


def _pager(page: Page[int], state: State) -> dict[str, object]:
    number = page.number
    return {
        "page_obj": page,
        "back": state.link(page=str(number - 1)) if page.has_previous() else "",
        "more": state.link(page=str(number + 1)) if page.has_next() else "",
    }


def _counts(found: Found) -> list[tuple[int, str]]:
    """As in "four posts, one claim and two sources": those kinds that were found."""
    counts = found.tally.kinds
    return [(counts[kind], kind.value.removesuffix("s")) for kind in Kind if counts[kind]]


def _by_name(wish: Search, at: datetime) -> dict[str, Any]:
    """What a search can be narrowed to, and whose name is what was typed."""
    every = choices(at)
    lists = [] if wish.kind else [every[f"all_{kind}"] for kind in ("authors", "stories", "topics")]
    found = named(wish.question, *lists)
    return every | {"named": [(one._meta.verbose_name, one) for one in found]}


def _beside(found: Found, state: State) -> dict[str, object]:
    """Where it is found, by stories and by years, each with the way to those alone."""
    stories = [] if "story" in state.given else found.stories()[:STORIES_BESIDE]
    years = [] if "year" in state.given else found.years()
    return {
        "stories": [(one, n, state.link(story=one.slug)) for one, n in named_stories(stories)],
        "years": [(year, n, state.link(year=year)) for year, n in years if len(years) > 1],
    }
