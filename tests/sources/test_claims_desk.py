"""Claims at the desk: the list with how each stands, the screen with the whole ledger."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sources.models import Claim
from tests.factories import make_claim, make_publication, make_report, make_source, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 11, 19, 22, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november() -> Any:
    make_publication()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make_user("editor"))
    return client


class TestTheListOfClaims:
    AT = "/admin/sources/claim/"

    def test_tells_how_each_stands_and_since_when(self, desk: Client) -> None:
        claim = make_claim("Soldiers are there.")
        make_report(claim, by="A")
        make_report(claim, "denies", by="B")
        make_report(claim, by="C", struck_at=NOW, struck_because="Wrong.")
        page = desk.get(self.AT).content.decode()
        assert "reported, contested" in page
        assert "20 Nov 2024, 00:30" in page
        assert '<td class="field-report_count">2</td>' in page

    @pytest.mark.parametrize(
        ("standing", "found"),
        [
            ("unreported", {"Never said.", "Taken back."}),
            ("reported", {"Said.", "Denied."}),
            ("contested", {"Denied."}),
            ("confirmed", set()),
        ],
    )
    def test_is_narrowed_by_standing(self, standing: str, found: set[str], desk: Client) -> None:
        make_claim("Never said.")
        said, denied, back = (make_claim(each) for each in ("Said.", "Denied.", "Taken back."))
        for claim in (said, denied, back):
            make_report(claim, by="A", on="2024-11-17")
        make_report(denied, "denies", by="B")
        make_report(back, "retracts", by="A")
        rows = desk.get(self.AT, {"standing": standing}).context["cl"].result_list
        assert {claim.statement for claim in rows} == found

    @pytest.mark.parametrize("words", ["Soldiers", "there-now", "Intelligence"])
    def test_is_searched(self, words: str, desk: Client) -> None:
        claim = make_claim("Soldiers are there.", slug="there-now")
        make_report(claim, by="Ukrainian Intelligence")
        make_claim("Another.")
        rows = desk.get(self.AT, {"q": words}).context["cl"].result_list
        assert list(rows) == [claim]

    def test_costs_the_same_for_ten_as_for_one(
        self, desk: Client, django_assert_num_queries: Any
    ) -> None:
        make_report(make_claim())
        with django_assert_num_queries(1000, exact=False) as few:
            desk.get(self.AT)
        for _ in range(9):
            make_report(make_claim())
        with django_assert_num_queries(len(few.captured_queries)):
            desk.get(self.AT)


class TestTheScreenOfAClaim:
    def at(self, claim: Claim) -> str:
        return reverse("admin:sources_claim_change", args=[claim.pk])

    def test_says_how_it_stands_and_why_and_who_said_what(self, desk: Client) -> None:
        claim = make_claim("Soldiers are there.")
        make_report(claim, by="Ukrainian intelligence", quotation="They are.", said_words="lately")
        make_report(claim, "denies", by="Minsk", struck_at=NOW, struck_because="Of another war.")
        page = desk.get(self.at(claim)).content.decode()
        assert "Reported</b>: one origin (Ukrainian intelligence)." in page
        assert "They are." in page
        assert "Lately" in page
        assert "Of another war." in page

    def test_a_new_wording_leaves_the_former_to_be_read(self, desk: Client) -> None:
        claim = make_claim("They are their.")
        desk.post(self.at(claim), {"statement": "They are there.", "slug": claim.slug})
        assert "They are their." in desk.get(self.at(claim)).content.decode()

    def test_costs_the_same_for_ten_lines_as_for_one(
        self, desk: Client, django_assert_num_queries: Any
    ) -> None:
        claim = make_claim()

        def enter(number: int) -> None:
            make_report(
                claim,
                by=f"Origin {number}",
                recorded_by=make_user("author"),
                source=make_source(),
            )

        enter(0)
        with django_assert_num_queries(1000, exact=False) as few:
            desk.get(self.at(claim))
        for number in range(1, 10):
            enter(number)
        with django_assert_num_queries(len(few.captured_queries)):
            desk.get(self.at(claim))
