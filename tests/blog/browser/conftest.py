"""A site with one page of every kind, as full as a page can be, for a browser to look at."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pytest_django.live_server_helper import LiveServer

from blog.models import Change, Picture, Post, Story
from blog.pictures import keep_picture
from sources.models import Outlet, Source
from sources.recording import lift, strike
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_author,
    make_claim,
    make_notice,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_source,
    make_story,
    make_topic,
    make_withdrawn,
)

FULL = "/2024/11/18/full/"
PLAIN = "/2024/11/18/plain/"
PAGES = {
    "front": "/",
    "post": FULL,
    "plain post": PLAIN,
    "post that assumes": "/2024/11/18/assuming/",
    "withdrawn post": "/2024/11/18/withdrawn/",
    "path": f"{FULL}path/",
    "map": "/map/",
    "archive": "/archive/",
    "year": "/2024/",
    "stories": "/stories/",
    "story": "/stories/missiles/",
    "topics": "/topics/",
    "topic": "/topics/words/",
    "authors": "/authors/",
    "author": "/authors/pym/",
    "sources": "/sources/",
    "source": "/sources/ledger2024/",
    "outlet": "/outlets/ledger/",
    "claims by story": "/claims/",
    "claims by standing": "/claims/?by=standing",
    "claims that moved": "/claims/?by=moved",
    "claim": "/claims/soldiers/",
    "claim on a past day": "/claims/soldiers/?on=2024-11-02",
    "claim nobody made": "/claims/unsaid/",
    "origin": "/origins/two-unnamed-officials-as-told-to-capital-ledger/",
    "corrections": "/corrections/",
    "about": "/about/",
    "for programs": "/api/",
    "not found": "/nothing/",
}
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
BODY = f"""Sunday began with sirens.[@ledger2024] It ended with a headline,[@ledger2024, p. 3] as
[[earlier|we wrote]] and as [others wrote](https://elsewhere.example.org/a).[^1] {LONG_WORD}

By evening [@dnipro2024] there were more. See https://example.org/{"very/long/" * 20}end

## A heading

- one
  - nested

    with a paragraph

> A quotation, with `{"code" * 30}`.

```
{"a long line of code " * 20}
```

| fence | the permission would say | who can check it | how it wears |
| --- | :---: | --- | ---: |
| by weapon | these missiles, so many | the supplier | 1984 |

### A smaller heading

![Smoke over a town](/media/smoke.png "A caption.")

<details><summary>More</summary>Hidden text.</details>

Світло за розкладом. *Курсив.* {"A long paragraph without a note goes on. " * 30}

The last line refers to [[other-subject|another subject]].

[^1]: A footnote of two paragraphs.

    - with a list
"""


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of a server that shows the whole cast. Each page of PAGES is there."""
    make_publication(
        about="We **write**.\n\n## How\n\n- so",
        policies="## Corrections\n\nWe make them.",
        contact="desk@example.org",
        notice="A demonstration.",
    )
    make_source(
        "ledger2024",
        title="A report",
        csl_type="article-newspaper",
        outlet=make_outlet("Capital Ledger", slug="ledger"),
        url="https://ledger.example.org/report",
        archived_url="https://archive.example.org/report",
    )
    make_source("dnipro2024", title="Ранкове зведення", language="uk")
    story = make_story("Missiles", slug="missiles", summary="Who asked, and who *answered*.")
    filed: dict[str, Any] = {
        "story": story,
        "authors": [make_author("Hester Pym", slug="pym", bio="Writes *here*.")],
        "topics": [make_topic("Words", slug="words")],
        "standfirst": "It is a line or two, in italics.",
    }
    day_before = PUBLISHED_AT - timedelta(days=1)
    make_post("Earlier", slug="earlier", published=day_before, **filed)
    make_post("Інша справа", slug="other-subject", published=day_before, language="uk")
    smoke = picture()
    full = make_post(
        "A full post",
        slug="full",
        body=BODY.replace("/media/smoke.png", smoke.file.url),
        known_at=PUBLISHED_AT,
        lead_picture=smoke,
        **filed,
    )
    make_notice(full, was="It said *this*.", text="It is [[earlier|that]].\n\n- so")
    make_notice(full, Change.EDITORS_NOTE, signed="The editors")
    make_post(
        "A later post",
        published=PUBLISHED_AT + timedelta(days=1),
        body="It [[disagrees::full|was wrong]].[@ledger2024]",
        **filed,
    )
    make_post("A plain post", slug="plain", body="One paragraph.\n\nAnother.")
    claim_soldiers(make_post("An assuming post", slug="assuming", body=BODY, **filed), story)
    make_withdrawn("Withdrawn", slug="withdrawn", withdrawal_notice="It was wrong.")
    return live_server.url


def claim_soldiers(post: Post, story: Story) -> None:
    """A ledger with a line of every kind, long names and another script among them."""
    soldiers = make_claim(
        f"Солдати воюють на боці Росії, {LONG_WORD}, each of them.",
        slug="soldiers",
        would_confirm="A government says so.",
        note="A note.",
    )
    soldiers.statement = f"Північнокорейські солдати, {LONG_WORD}, are there."
    soldiers.save()
    ledger = Outlet.objects.get(slug="ledger")
    unnamed = make_origin(
        "two unnamed officials", is_named=False, body=make_origin("White House"), told_to=ledger
    )
    first = make_report(
        soldiers,
        by=unnamed,
        on="2024-11-01",
        source=Source.objects.get(citekey="ledger2024"),
        said_words="about the beginning of November, as far as anybody can tell",
        recorded_at=PUBLISHED_AT - timedelta(days=10),
        attribution="unnamed_official",
        anonymity_reason="They were not allowed to speak.",
        quotation=f"They are there, {LONG_WORD}.",
        relayed_through="Yonhap",
        note="One of them was on the telephone.",
    )
    make_report(soldiers, "repeats", by=LONG_WORD, on="2024-11-02", repeats=first)
    make_report(soldiers, "corroborates", by="Сеул", on="2024-11-03")
    make_report(soldiers, "denies", by="Minsk", on="2024-11-04")
    make_report(soldiers, "declines", by="Beijing", on="2024-11-05")
    strike(make_report(soldiers, by="Nobody", on="2024-11-06"), "It was another matter.", None)
    lift(make_ruling(soldiers, "unresolved", on="2024-11-07"), "It can be told.", None)
    make_assumption(post, soldiers, "The soldiers are there, and in the fight.")
    unsaid = make_claim("Nobody said so.", slug="unsaid")
    make_post("A speaking post", body="One hears [[claim::soldiers]] and [[claim::unsaid|more]].")
    settled = make_claim("It is settled.")
    make_report(settled, "confirms", by="White House", has_authority=True)
    make_report(settled, "denies", by="Minsk")
    make_ruling(unsaid, "refuted")
    for claim in (soldiers, settled):
        story.claims.add(claim)
    make_assumption(post, settled, dropped_at=PUBLISHED_AT + timedelta(days=2))


def picture() -> Picture:
    data = BytesIO()
    Image.new("RGB", (1200, 600), "grey").save(data, "PNG")
    return keep_picture(
        data.getvalue(), name="smoke.png", alt="Smoke over a town.", credit="Photograph: A. Writer"
    )
