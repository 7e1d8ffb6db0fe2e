"""A small public site, and posts hidden on it in every state and in every place."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog.models import Change, OldAddress, Post, State
from tests.factories import (
    make_author,
    make_notice,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_topic,
)

# Every text of a hidden post holds it, and no other text does.
TOKEN = "zzhidden"
HIDDEN_STATES = (State.DRAFT, State.SCHEDULED, State.WITHDRAWN)
MOMENTS: Mapping[State, datetime | bool] = {
    State.DRAFT: False,
    State.SCHEDULED: datetime(2031, 7, 9, 12, 0, tzinfo=UTC),
    State.WITHDRAWN: datetime(2021, 3, 5, 12, 0, tzinfo=UTC),
}


def publish() -> Post:
    """A small public site: two posts with a story, a topic, an author and two sources."""
    make_publication(about="About us.", policies="Our policies.")
    outlet = make_outlet("Capital Ledger", slug="ledger")
    make_source("ledger2024", title="Report on the decision", outlet=outlet)
    make_source("lonely", title="A speech")
    filed: dict[str, Any] = {
        "story": make_story("Missiles"),
        "topics": [make_topic("Energy")],
        "authors": [make_author("Writer", bio="Writes.")],
    }
    older = make_post(
        "Older",
        published=datetime(2024, 11, 17, 12, 0, tzinfo=UTC),
        body="It began [@ledger2024].",
        slug="once",
        **filed,
    )
    older.slug = "older"
    older.save()
    mentions = " ".join(f"[[zzhidden-{state}|A plan]]." for state in HIDDEN_STATES)
    live = make_post(
        "Live",
        body=f"[[corrects::older|Before]], it was said [@ledger2024; @lonely]. {mentions}",
        **filed,
    )
    OldAddress.objects.create(path="/old/live.html", post=live)
    OldAddress.objects.create(path="/?p=1", post=live)
    make_notice(live, text="It was said [[older|before]].", was="It was never said.")
    default_storage.save("pictures/seen.png", ContentFile(b"\x89PNG"))
    return live


def hide(live: Post) -> None:
    """Posts that nobody may see: on their own, and among what readers do see."""
    for state in HIDDEN_STATES:
        _hide_alone(state)
        _hide_among(state, live)
    _hide_on_the_same_day()


def _hide_alone(state: State) -> None:
    """With a story, a topic, an author, a month, an outlet and sources that no other post has."""
    name = f"{TOKEN}-{state}"
    outlet = make_outlet(name, slug=name)
    make_source(name, title=name, outlet=outlet)
    post = _make(
        state,
        f"{name}",
        body=f"{name} says so [@{name}], [and {name}](https://{name}.example.org/page).",
        story=make_story(name),
        topics=[make_topic(name)],
        authors=[make_author(name, bio=name)],
    )
    OldAddress.objects.create(path=f"/old/{name}/", post=post)


def _hide_among(state: State, live: Post) -> None:
    """Filed where the live post is, referring to it, citing what it cites."""
    _make(
        state,
        f"{TOKEN}-among-{state}",
        body="[[updates::live|Words]] and [[older|more words]] of it [@ledger2024; @lonely].",
        story=live.story,
        topics=list(live.topics.all()),
        authors=list(live.authors.all()),
    )


def _hide_on_the_same_day() -> None:
    """Newer than the live post, and withdrawn: it must neither lead nor be its neighbour."""
    make_post(
        f"{TOKEN} same day",
        published=datetime(2024, 11, 18, 13, 0, tzinfo=UTC),
        withdrawn=True,
        slug=f"{TOKEN}-same-day",
        standfirst=TOKEN,
    )


def _tell_of(post: Post) -> None:
    """More notices than a page of them has, newer than any other."""
    for _ in range(21):
        make_notice(
            post, Change.UPDATE, text=f"{TOKEN} news", at=datetime(2024, 11, 30, tzinfo=UTC)
        )
        make_notice(post, text=f"{TOKEN} is right", was=f"{TOKEN} was wrong", signed=TOKEN)


def _make(state: State, name: str, **fields: Any) -> Post:
    post = make_post(
        name,
        slug=name,
        standfirst=f"{name} standfirst",
        published=MOMENTS[state],
        withdrawn=state is State.WITHDRAWN,
        withdrawal_notice="We were wrong." if state is State.WITHDRAWN else "",
        **fields,
    )
    _tell_of(post)
    return post
