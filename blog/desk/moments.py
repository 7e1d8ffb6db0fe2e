"""A moment to come in words: "tomorrow 07:00 Kyiv time, in 9 hours"."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from publication.models import Publication

PASSED = "That moment has passed. Choose a later one."
TWICE = "The clocks change that night: this time comes twice, or not at all. Choose another."
UNREADABLE = "This is no day and time."
WEEK = 7


class NoSuchMoment(ValueError):  # noqa: N818
    """In words, for the author."""


@never_cache
@require_GET
def when(request: HttpRequest) -> JsonResponse:
    """`?at=` a day and a time as the field holds them: what they mean, or what is wrong."""
    try:
        at = moment_meant(request.GET.get("at", ""))
    except NoSuchMoment as error:
        return JsonResponse({"words": str(error), "wrong": True})
    if at <= timezone.now():
        return JsonResponse({"words": PASSED, "wrong": True})
    return JsonResponse({"words": in_words(at), "wrong": False})


def moment_meant(typed: str) -> datetime:
    """A day and a time on the publication's clock, wherever the author's browser is.

    Raises NoSuchMoment where it is not one moment.
    """
    try:
        naive = parse_datetime(typed.strip())
    except ValueError:
        naive = None
    if naive is None or timezone.is_aware(naive):
        raise NoSuchMoment(UNREADABLE)
    try:
        return from_current_timezone(naive)
    except ValidationError:
        raise NoSuchMoment(TWICE) from None


def in_words(at: datetime, now: datetime | None = None) -> str:
    """The day as one says it, the time on the publication's clock, and how long until then."""
    now = now or timezone.now()
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    zone = Publication.current().zone_name
    return (
        f"{_day(local, (local.date() - today).days)} {local:%H:%M} {zone} time, {_wait(at - now)}"
    )


def _day(local: datetime, days: int) -> str:
    near = {0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    return date_format(local, "l" if 0 < days < WEEK else "l j F Y,")


def _wait(span: timedelta) -> str:
    minutes = round(span.total_seconds() / 60)
    hours, days = round(minutes / 60), round(minutes / 60 / 24)
    if minutes < 1:
        return "in less than a minute"
    if minutes < 60:
        return "in a minute" if minutes == 1 else f"in {minutes} minutes"
    if hours < 48:
        return "in an hour" if hours == 1 else f"in {hours} hours"
    return f"in {days} days"
