"""A claim's page: how it stands and why, its ledger, the posts that rest on it."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from sources.models import Claim
from sources.recording import lift, strike
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_ruling,
    make_source,
    make_story,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

PAGE = "/claims/soldiers/"
NOW = datetime(2024, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def december() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def claim() -> Claim:
    """A claim on which one post rests."""
    make_publication()
    claim = make_claim("Soldiers are there.", slug="soldiers")
    make_assumption(make_post("Resting"), claim)
    return claim


def context(path: str = PAGE) -> Any:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.context


def text(path: str = PAGE) -> str:
    """What a reader sees: the words without the tags, with single spaces."""
    html = Client().get(path).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    words = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    return re.sub(r" (?=[.,:;])", "", words)


def told(path: str = PAGE) -> list[str]:
    return [f"{row.did} {row.report.origin}" for row in context(path)["rows"] if row.report]


# --- How it stands --------------------------------------------------------------------


def test_the_page_says_how_it_stands_why_and_since_when(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-10-03")
    make_report(claim, "corroborates", by="Seoul", on="2024-10-18")
    make_report(claim, "denies", by="Minsk", on="2024-10-23")

    page = text()

    assert "Soldiers are there." in page
    assert "Corroborated, contested" in page
    assert "Two independent origins (Kyiv; Seoul); contested by Minsk." in page
    assert "Standing since 23 October 2024" in page


def test_a_claim_without_a_ledger_says_that_nobody_is_on_record(claim: Claim) -> None:
    page = text()

    assert "Unreported" in page
    assert "Nobody is on record with it yet." in page
    assert "Standing since" not in page


def test_a_ruling_is_told_as_a_ruling_with_its_reason(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-10-03")
    ruling = make_ruling(claim, "refuted", on="2024-11-20", reason="The photograph was old.")

    assert "An editor’s ruling of 20 November 2024 (The photograph was old)" in text()
    assert "Ruled refuted by an editor The photograph was old." in text()

    lift(ruling, "The photograph was another.", None)

    assert "Ruling lifted: refuted The photograph was another." in text()
    assert context()["verdict"].standing == "reported"


# --- The ledger -----------------------------------------------------------------------


def test_the_ledger_goes_by_the_day_on_which_things_were_said(claim: Claim) -> None:
    first = make_report(claim, by="Kyiv", on="2024-10-03")
    make_report(claim, "confirms", by="Pyongyang", on="2024-11-20")
    make_report(claim, "repeats", by="A paper", on="2024-10-04", repeats=first)
    make_report(claim, "corroborates", by="Seoul", on="2024-10-18")
    make_report(claim, "concedes", by="Moscow", on="2024-11-02")
    make_report(claim, "denies", by="Minsk", on="2024-10-23")
    make_report(claim, "declines", by="Beijing", on="2024-10-24")
    make_report(claim, "retracts", by="Seoul", on="2024-11-01")
    make_report(claim, by="Tokyo", on="2024-11-03")

    assert told() == [
        "First reported by Kyiv",
        "Repeated by A paper",
        "Corroborated by Seoul",
        "Denied by Minsk",
        "Declined to comment: Beijing",
        "Retracted by Seoul",
        "Conceded by Moscow",
        "Reported by Tokyo",
        "Confirmed by Pyongyang",
    ]


def test_first_is_the_earliest_line_that_supports_the_claim_whenever_it_was_entered(
    claim: Claim,
) -> None:
    make_report(claim, "denies", by="Minsk", on="2024-10-01")
    make_report(claim, by="Seoul", on="2024-10-18")
    make_report(claim, "corroborates", by="Kyiv", on="2024-10-03", recorded_at=NOW)

    assert told() == ["Denied by Minsk", "First reported by Kyiv", "Reported by Seoul"]


def test_a_line_tells_all_that_is_known_of_it(claim: Claim) -> None:
    outlet = make_outlet("Capital Ledger", slug="ledger")
    source = make_source(
        "ledger2024",
        title="A report",
        outlet=outlet,
        url="https://ledger.example.org/a",
        archived_url="https://archive.example.org/a",
    )
    first = make_report(
        claim,
        by=make_origin("two officials", is_named=False, body=make_origin("Kyiv"), told_to=outlet),
        on="2024-10-08",
        said_from=date(2024, 10, 1),
        said_words="early October",
        recorded_at=datetime(2024, 10, 9, 12, tzinfo=UTC),
        source=source,
        relayed_through="Yonhap",
        attribution="unnamed_official",
        anonymity_reason="They were not allowed to speak.",
        quotation="They are there.",
        note="The second of them was on the telephone.",
    )
    make_report(claim, "repeats", by="A paper", on="2024-10-10", repeats=first)

    page = text()
    html = Client().get(PAGE).content.decode()

    assert "Early October" in page
    assert "First reported by two officials, as told to Capital Ledger" in page
    assert "“They are there.”" in page
    assert "A report" in page
    assert "unnamed official" in page
    assert "Speaks for Kyiv. Relayed through Yonhap." in page
    assert "Why no name is given: They were not allowed to speak." in page
    assert "The second of them was on the telephone." in page
    assert "Entered 9 October 2024" in page
    assert f'Repeats <a href="#report-{first.pk}">' in html
    assert f'id="report-{first.pk}"' in html
    for address in ("https://ledger.example.org/a", "https://archive.example.org/a"):
        assert f'href="{address}"' in html
    assert 'href="/sources/ledger2024/"' in html


def test_the_line_that_moved_the_standing_says_so(claim: Claim) -> None:
    first = make_report(claim, by="Kyiv", on="2024-10-03")
    make_report(claim, "corroborates", by="Seoul", on="2024-10-18")
    make_report(claim, "repeats", by="A paper", on="2024-10-18", repeats=first)

    rows = context()["rows"]

    assert [row.step.verdict.words if row.step else "" for row in rows] == [
        "reported",
        "corroborated",
        "",
    ]


def test_a_struck_line_stays_with_its_date_and_reason(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-10-03")
    strike(make_report(claim, by="Seoul", on="2024-10-18"), "It was about another matter.", None)

    page = text()

    assert "Struck: Reported by Seoul" in page
    assert "Struck on 1 December 2024: It was about another matter." in page
    assert context()["verdict"].standing == "reported"


def test_what_would_confirm_it_stands_last_until_it_is_confirmed(claim: Claim) -> None:
    claim.would_confirm = "A government says so."
    claim.save()
    assert text().index("What would confirm it") > text().index("The ledger")

    make_report(claim, "confirms", by="Moscow", on="2024-11-02", has_authority=True)

    assert "What would confirm it" not in text()


def test_what_was_said_in_the_future_is_not_told_yet(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-12-24", recorded_at=NOW)

    assert told() == []
    assert Client().get("/origins/kyiv/").status_code == 404


# --- The posts ------------------------------------------------------------------------


def test_a_post_rests_on_it_in_its_authors_words_and_as_it_stood_then(claim: Claim) -> None:
    make_report(claim, by="Kyiv", on="2024-10-03")
    early = datetime(2024, 10, 10, 12, tzinfo=UTC)
    make_assumption(make_post("Early", published=early), claim, "They have come.")
    make_report(claim, "corroborates", by="Seoul", on="2024-10-18")

    newer, older = context()["resting"]

    assert [one.post.headline for one in (newer, older)] == ["Resting", "Early"]
    assert newer.assumptions[0].written.words == "corroborated"
    assert older.assumptions[0].written.words == "reported"
    assert "Early “They have come.” 10 Oct 2024 reported has moved since" in text()
    assert text().count("has moved since") == 1


def test_what_a_post_assumes_no_more_is_told_with_the_day(claim: Claim) -> None:
    post = make_post("Doubting")
    make_assumption(post, claim, "They came.", dropped_at=datetime(2024, 11, 25, tzinfo=UTC))

    assert "Not assumed since 25 November 2024" in text()


def test_posts_that_speak_of_it_are_told_with_the_sentence(claim: Claim) -> None:
    post = make_post("Speaking", body="First. One hears of [[claim::soldiers|soldiers]] there.")

    (speaking,) = context()["speaking"]

    assert speaking.post == post
    assert speaking.passages[0].html == "One hears of <mark>soldiers</mark> there."
    assert speaking.passages[0].url.startswith(f"{post.get_absolute_url()}#p-")


def test_a_bare_mark_shows_the_statement_in_its_sentence(claim: Claim) -> None:
    make_post("Speaking", body="One hears: [[claim::soldiers]], and more.")

    (speaking,) = context()["speaking"]

    assert speaking.passages[0].html == "One hears: <mark>Soldiers are there</mark>, and more."


def test_a_bare_mark_is_not_taken_for_a_part_of_another_word() -> None:
    claim = make_claim("Fighting goes on.", slug="war")
    make_post(body="They reward post-war [[claim::war]] today.")
    assert "They reward post-war Fighting goes on today." in text(f"/claims/{claim.slug}/")


def test_a_post_that_does_both_is_told_once(claim: Claim) -> None:
    both = make_post("Both", body="On [[claim::soldiers|soldiers]].")
    make_assumption(both, claim)

    page = context()

    assert [one.post.headline for one in page["resting"]] == ["Both", "Resting"]
    assert page["resting"][0].passages
    assert page["speaking"] == []


def test_posts_are_paged(claim: Claim) -> None:
    for number in range(50):
        make_assumption(make_post(f"Number {number}"), claim)

    assert len(context()["resting"]) == 50
    assert len(context(f"{PAGE}?page=2")["resting"]) == 1
    assert Client().get(f"{PAGE}?page=3").status_code == 404


# --- Its address and its words --------------------------------------------------------


def test_a_claim_that_no_published_post_uses_has_no_page() -> None:
    for use in (make_draft, make_withdrawn):
        make_assumption(use(), make_claim("Hidden.", slug=use.__name__.replace("_", "-")))
    make_claim("Unused.", slug="unused")

    for slug in ("make-draft", "make-withdrawn", "unused", "nothing"):
        assert Client().get(f"/claims/{slug}/").status_code == 404


def test_a_former_slug_leads_on_for_good_and_keeps_the_query(claim: Claim) -> None:
    claim.slug = "troops"
    claim.save()

    response = Client().get("/claims/soldiers/?on=2024-10-04")

    assert response.status_code == 301
    assert response.headers["Location"] == "/claims/troops/?on=2024-10-04"


def test_a_former_slug_of_a_claim_that_is_not_public_leads_nowhere() -> None:
    claim = make_claim("Hidden.", slug="before")
    claim.slug = "after"
    claim.save()

    assert Client().get("/claims/before/").status_code == 404


def test_former_wordings_are_kept_on_the_page(claim: Claim) -> None:
    claim.statement = "Foreign soldiers are there."
    claim.save()

    page = text()

    assert page.index("How it was worded before") < page.index("Soldiers are there. Until 1 Dec")


def test_it_names_the_stories_that_have_a_page(claim: Claim) -> None:
    assumed, filed, hidden = make_story("Assumed"), make_story("Filed"), make_story("Hidden")
    make_assumption(make_post(story=assumed), claim)
    make_post(story=filed)
    filed.claims.add(claim)
    make_assumption(make_draft(story=hidden), claim)
    hidden.claims.add(claim)

    assert [story.name for story in context()["stories"]] == ["Assumed", "Filed"]


def test_a_statement_in_another_script_has_its_page() -> None:
    claim = make_claim("Світло повернеться до п’ятниці.")
    make_assumption(make_post(), claim)

    assert "Світло повернеться до п’ятниці." in text(f"/claims/{claim.slug}/")


def test_what_the_words_mean_stands_beside_the_ledger(claim: Claim) -> None:
    page = text()

    for word in ("unreported", "reported", "corroborated", "confirmed", "refuted", "unresolved"):
        assert word in page[page.index("What the words mean here") :]


# --- For machines ---------------------------------------------------------------------


def linked_data(path: str = PAGE) -> Any:
    html = Client().get(path).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_machines_are_told_of_a_claim_and_its_appearances(claim: Claim) -> None:
    source = make_source("a", title="A report", csl_type="broadcast", url="https://a.example.org/")
    first = make_report(
        claim, by="Kyiv", on="2024-10-08", said_from=date(2024, 10, 1), source=source
    )
    make_report(claim, "denies", by="Minsk", on="2024-10-09")
    again = make_report(claim, "repeats", by="A paper", on="2024-10-10", repeats=first)
    strike(make_report(claim, by="Nobody", on="2024-10-11"), "It was not so.", None)

    data = linked_data()

    url = "https://margin.example.org/claims/soldiers/"
    kyiv = {"name": "Kyiv", "url": "https://margin.example.org/origins/kyiv/"}
    assert data["@type"] == "Claim"
    assert data["url"] == url
    assert data["text"] == "Soldiers are there."
    assert data["author"] == kyiv
    assert data["datePublished"] == "2024-10"
    assert data["firstAppearance"] == {"@id": f"{url}#report-{first.pk}"}
    report, repeat = data["appearance"]
    assert report["name"] == "A report"
    assert report["@type"] == "NewsArticle"
    assert repeat["@id"] == f"{url}#report-{again.pk}"
    assert repeat["isBasedOn"] == data["firstAppearance"]
    assert "Review" not in json.dumps(data)


def test_machines_are_told_of_no_claimant_where_there_is_none(claim: Claim) -> None:
    data = linked_data()

    assert not {"author", "datePublished", "firstAppearance", "appearance"} & set(data)


def test_nothing_in_the_data_ends_its_element(claim: Claim) -> None:
    claim.statement = "</script><script>alert(1)</script> & so on."
    claim.save()

    html = Client().get(PAGE).content.decode()

    assert "<script>alert" not in html
    assert linked_data()["text"] == claim.statement
