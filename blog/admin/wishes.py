"""What the buttons of the post screen ask for, beside saving."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.formats import date_format

from blog.models import Post, State
from blog.publishing import publish, schedule, unschedule


class Wish(StrEnum):
    """Which button was pressed; each is the name of the button in the form."""

    SAVE = "_continue"
    PUBLISH = "_publish"
    SCHEDULE = "_schedule"
    UNSCHEDULE = "_unschedule"

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Wish":
        return next((wish for wish in cls if wish in data), cls.SAVE)

    @property
    def makes_public(self) -> bool:
        return self in (Wish.PUBLISH, Wish.SCHEDULE)

    @property
    def is_taking_back(self) -> bool:
        return self is Wish.UNSCHEDULE


def fulfil(wish: Wish, post: Post, user: User, at: datetime | None) -> str:
    """Do it, and say what was done ("" for a mere save). Raises PublishingRefused."""
    if wish is Wish.PUBLISH:
        publish(post, by=user)
        return "Published."
    if wish is Wish.SCHEDULE and at is not None:
        schedule(post, at, user)
        return f"Scheduled: it goes out {moment(at)}."
    if wish is Wish.UNSCHEDULE:
        unschedule(post, user)
        return "A draft again."
    return ""


def moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "j M Y, H:i") if at else ""


STATES: Mapping[State, Callable[[Post], str]] = {
    State.DRAFT: lambda post: "Draft",
    State.SCHEDULED: lambda post: f"Goes out {moment(post.published_at)}",
    State.PUBLISHED: lambda post: f"Published {moment(post.published_at)}",
    State.WITHDRAWN: lambda post: f"Withdrawn {moment(post.withdrawn_at)}",
}


def state_in_words(post: Post) -> str:
    return STATES[post.state()](post)
