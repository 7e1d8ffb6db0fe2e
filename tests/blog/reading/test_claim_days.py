"""How a claim stood on a past day: `?on=2024-10-20`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from sources.models import Claim
from sources.recording import strike
from tests.factories import make_assumption, make_claim, make_post, make_publication, make_report

pytestmark = pytest.mark.django_db

PAGE = "/claims/soldiers/"


@pytest.fixture(autouse=True)
def claim() -> Iterator[Claim]:
    """Reported on 3 October, corroborated on the 18th, contested from the 23rd."""
    with time_machine.travel(datetime(2024, 12, 1, 9, tzinfo=UTC), tick=False):
        make_publication()
        claim = make_claim("Soldiers are there.", slug="soldiers", would_confirm="A word.")
        make_assumption(make_post("Resting"), claim)
        make_report(claim, by="Kyiv", on="2024-10-03")
        make_report(claim, "corroborates", by="Seoul", on="2024-10-18")
        make_report(claim, "denies", by="Minsk", on="2024-10-23")
        yield claim


def asked(day: str) -> Any:
    response = Client().get(PAGE, {"on": day})
    assert response.status_code == 200
    return response


def test_the_ledger_is_as_it_was_said_by_then() -> None:
    page = asked("2024-10-20")

    assert page.context["verdict"].words == "corroborated"
    assert [str(row.report.origin) for row in page.context["rows"]] == ["Kyiv", "Seoul"]
    assert "On 20 October 2024 it was" in page.content.decode()
    assert "Minsk" not in page.content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-10-02", "unreported"),
        ("2024-10-03", "reported"),
        ("2024-10-17", "reported"),
        ("2024-10-18", "corroborated"),
        ("2024-10-23", "corroborated, contested"),
        ("0001-01-01", "unreported"),
    ],
)
def test_a_standing_begins_with_its_day(day: str, words: str) -> None:
    assert asked(day).context["verdict"].words == words


def test_it_goes_by_what_is_on_record_today(claim: Claim) -> None:
    late = make_report(
        claim, by="Tokyo", on="2024-10-01", recorded_at=datetime(2024, 11, 1, tzinfo=UTC)
    )
    assert asked("2024-10-02").context["verdict"].words == "reported"

    strike(late, "It was of another year.", None)

    assert asked("2024-10-02").context["verdict"].words == "unreported"


def test_it_leads_to_the_changes_before_and_after() -> None:
    html = asked("2024-10-20").content.decode()

    assert '<a href="?on=2024-10-03" rel="prev">3 October 2024</a>, reported' in html
    assert '<a href="?on=2024-10-23" rel="next">23 October 2024</a>, corroborated, cont' in html
    assert f'<a href="{PAGE}">How it stands today' in html


def test_today_leads_to_the_last_change_before() -> None:
    html = Client().get(PAGE).content.decode()

    assert '<a href="?on=2024-10-18" rel="prev">' in html
    assert 'rel="next"' not in html


def test_a_past_day_tells_of_no_posts() -> None:
    assert "Posts that rest on it" not in asked("2024-10-20").content.decode()


@pytest.mark.parametrize(
    "day", ["yesterday", "2024-13-01", "2024-02-30", "18.11.2024", "99999-01-01", "<b>", "\x00"]
)
def test_what_is_no_day_is_answered_with_today_and_a_word(day: str) -> None:
    page = asked(day)

    assert "is not a day. Give one as year, month and day: 2024-12-01." in page.content.decode()
    assert page.context["verdict"].words == "corroborated, contested"
    assert "<b>" not in page.context["because"]


def test_a_day_to_come_is_answered_with_today_and_a_word() -> None:
    page = asked("2024-12-02")

    assert "That day has not come yet." in page.content.decode()
    assert page.context["verdict"].words == "corroborated, contested"


def test_the_day_is_one_of_the_sites_zone() -> None:
    with time_machine.travel(datetime(2024, 12, 1, 23, 0, tzinfo=UTC), tick=False):
        assert "has not come yet" not in asked("2024-12-02").content.decode()


@pytest.mark.parametrize("day", ["2024-10-20", "never", "2030-01-01"])
def test_only_the_page_of_today_is_for_search_engines(day: str) -> None:
    html = asked(day).content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="https://margin.example.org{PAGE}">' in html
    assert "noindex" not in Client().get(PAGE).content.decode()


def test_the_form_works_without_a_script() -> None:
    html = Client().get(PAGE).content.decode()

    assert f'<form class="on-day" method="get" action="{PAGE}">' in html
    assert 'name="on" required max="2024-12-01" value="2024-12-01"' in html


def test_it_can_be_cited_as_it_stood() -> None:
    assert "https://margin.example.org/claims/soldiers/?on=2024-10-20" in (
        asked("2024-10-20").content.decode()
    )
