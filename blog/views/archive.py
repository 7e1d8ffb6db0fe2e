"""Posts by the days in their addresses."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, Self

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from blog.models import Post
from blog.models.reading import PostQuerySet
from blog.months import Months, all_months, months_of
from blog.views.paging import paged_posts

POSTS_ON_A_PAGE = 50
WORDS = {"year": "Y", "month": "F Y", "day": "j F Y"}
PARTS = {"year": 1, "month": 2, "day": 3}


@dataclass(frozen=True)
class Period:
    """A year, a month or a day, and how many posts it has, where they were counted."""

    first: date
    length: Literal["year", "month", "day"]
    count: int = 0

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return date_format(self.first, WORDS[self.length])

    @property
    def url(self) -> str:
        parts = (self.first.year, self.first.month, self.first.day)
        return reverse(f"blog:{self.length}", args=parts[: PARTS[self.length]])

    @property
    def last(self) -> date:
        if self.length == "day":
            return self.first
        month = 12 if self.length == "year" else self.first.month
        return date(self.first.year, month, monthrange(self.first.year, month)[1])

    def like(self, day: date) -> Self:
        """The period of the same length that holds this day."""
        first = {"year": day.replace(month=1, day=1), "month": day.replace(day=1), "day": day}
        return type(self)(first[self.length], self.length)


@dataclass(frozen=True)
class Year:
    year: int
    months: list[Period]

    @property
    def url(self) -> str:
        return reverse("blog:year", args=[self.year])


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    months = _periods(all_months(timezone.now()))
    years = [
        Year(year, list(its)) for year, its in groupby(months, key=lambda month: month.first.year)
    ]
    return render(request, "blog/archive_index.html", {"years": years[::-1]})


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    return _posts_of(request, _period("year", year))


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _posts_of(request, _period("month", year, month))


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    return _posts_of(request, _period("day", year, month, day))


def _period(
    length: Literal["year", "month", "day"], year: int, month: int = 1, day: int = 1
) -> Period:
    """Raises Http404 for a day that no calendar has."""
    try:
        return Period(date(year, month, day), length)
    except ValueError as error:
        raise Http404("There is no such day.") from error


def _posts_of(request: HttpRequest, period: Period) -> HttpResponse:
    """A period without a published post has no page, whether or not it has a draft."""
    at = timezone.now()
    published = Post.objects.published(at)
    posts = published.dated(period.first, period.last)
    page = paged_posts(request, posts.latest_day_first(), POSTS_ON_A_PAGE, at)
    if not page.paginator.count:
        raise Http404("Nothing was published then.")
    context = {
        "period": period,
        "posts": page.object_list,
        "page_obj": page,
        "months": _periods(months_of(posts)) if period.length == "year" else [],
        "previous": _nearest(period, published.filter(dated_on__lt=period.first), "-dated_on"),
        "next": _nearest(period, published.filter(dated_on__gt=period.last), "dated_on"),
    }
    return render(request, "blog/archive.html", context)


def _nearest(period: Period, posts: PostQuerySet, order: str) -> Period | None:
    day = posts.order_by(order).values_list("dated_on", flat=True).first()
    return period.like(day) if day else None


def _periods(months: Months) -> list[Period]:
    return [Period(first, "month", count) for first, count in months]
