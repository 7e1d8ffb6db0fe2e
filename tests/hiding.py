"""A small public site, and posts hidden on it in every state and in every place."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blog.models import Change, OldAddress, Post, State, Story
from sources.models import Claim, Origin, Source
from tests.factories import (
    make_assumption,
    make_author,
    make_claim,
    make_notice,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
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
    """A small public site: two posts with a story, a topic, an author, two sources and a claim."""
    make_publication(about="About us.", policies="Our policies.", contact="desk@margin.example.org")
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
        uid=uid_of("live"),
        body=f"[[corrects::older|Before]], it was said [@ledger2024; @lonely]. {mentions} "
        "[[claim::soldiers|Soldiers]] came.",
        **filed,
    )
    _claim_soldiers(older, live)
    OldAddress.objects.create(path="/old/live.html", post=live)
    OldAddress.objects.create(path="/?p=1", post=live)
    make_notice(live, text="It was said [[older|before]].", was="It was never said.")
    default_storage.save("pictures/seen.png", ContentFile(b"\x89PNG"))
    return live


def _claim_soldiers(older: Post, live: Post) -> None:
    """A claim under its second slug: one post rests on it, another speaks of it and once did."""
    soldiers = make_claim("Soldiers are there.", slug="troops")
    soldiers.slug = "soldiers"
    soldiers.save()
    kyiv = make_origin("Kyiv", body=make_origin("Ukraine"))
    carrying = make_source(
        "carrying", title="Carried", outlet=make_outlet("Carrier", slug="carrier")
    )
    make_report(soldiers, by=kyiv, source=carrying)
    make_report(soldiers, "denies", by="Minsk", source=Source.objects.get(citekey="ledger2024"))
    make_assumption(older, soldiers, "They are there.")
    make_assumption(live, soldiers, dropped_at=datetime(2024, 11, 20, tzinfo=UTC))


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
    _claim_alone(name, post)


def _claim_alone(name: str, post: Post) -> None:
    """A claim that only this post uses, filed in a public story, said by origins and carried by
    sources that are public and by such as are not.
    """
    claim = make_claim(f"{name} is so.", slug=name, note=name, would_confirm=name)
    make_assumption(post, claim, f"{name} words")
    make_post(name, slug=f"{name}-speaks", published=False, body=f"[[claim::{name}|{name} words]]")
    Story.objects.get(slug="missiles").claims.add(claim)
    kyiv = Origin.objects.get(slug="kyiv")
    outlet = make_outlet(f"{name} outlet", slug=f"{name}-outlet")
    source = make_source(f"{name}-report", title=name, outlet=outlet)
    make_report(claim, by=make_origin(name, body=kyiv), source=source, quotation=name)
    make_report(claim, by=kyiv, source=Source.objects.get(citekey="ledger2024"), note=name)
    make_report(claim, by="Minsk", source=Source.objects.get(citekey="carrying"), note=name)


def _hide_among(state: State, live: Post) -> None:
    """Filed where the live post is, referring to it, citing what it cites, resting on its claim."""
    post = _make(
        state,
        f"{TOKEN}-among-{state}",
        body="[[updates::live|Words]] and [[older|more words]] of it [@ledger2024; @lonely]. "
        f"{TOKEN} speaks of [[claim::soldiers|soldiers]].",
        story=live.story,
        topics=list(live.topics.all()),
        authors=list(live.authors.all()),
    )
    soldiers = Claim.objects.get(slug="soldiers")
    make_assumption(post, soldiers, f"{TOKEN} assumes")
    dropped_at = datetime(2024, 11, 20, tzinfo=UTC)
    make_assumption(post, soldiers, f"{TOKEN} assumed", dropped_at=dropped_at)


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
        uid=uid_of(name),
        standfirst=f"{name} standfirst",
        published=MOMENTS[state],
        withdrawn=state is State.WITHDRAWN,
        withdrawal_notice="We were wrong." if state is State.WITHDRAWN else "",
        **fields,
    )
    _tell_of(post)
    return post


def uid_of(name: str) -> UUID:
    """The same in every run, so that addresses made of it are known beforehand."""
    return uuid5(NAMESPACE_URL, name)
