"""Reports, rulings and origins at the desk: entered, completed, struck, lifted, told apart."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from sources.models import Claim, Origin, Report, Ruling, StandingChange
from sources.models.reports import DECIDING
from tests.factories import (
    make_claim,
    make_origin,
    make_publication,
    make_report,
    make_ruling,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

# Still the 19th in London; in Kyiv, where the site is, the 20th has begun.
NOW = datetime(2024, 11, 19, 22, 30, tzinfo=UTC)
ADD = "/admin/sources/report/add/"
RULE = "/admin/sources/ruling/add/"


@pytest.fixture(autouse=True)
def november() -> Any:
    make_publication()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def user() -> User:
    return make_user("editor")


@pytest.fixture
def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(claim: Claim, origin: Origin, **fields: Any) -> dict[str, Any]:
    given = {"claim": claim.pk, "origin": origin.pk, "stance": "reports", "said_from": "2024-11-18"}
    return given | fields


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors)


class TestEnteringAReport:
    def test_the_form_opens_with_the_claim_and_today(self, desk: Client) -> None:
        claim = make_claim("Soldiers are there.")
        form = desk.get(ADD, {"claim": claim.pk}).context["adminform"].form
        assert form["claim"].value() == claim.pk
        assert form["said_from"].value().isoformat() == "2024-11-20"

    def test_one_day_is_enough_and_the_ledger_comes_next(self, desk: Client, user: User) -> None:
        claim, origin = make_claim(), make_origin("White House")
        response: Any = desk.post(ADD, typed(claim, origin))
        assert response.url == reverse("admin:sources_claim_change", args=[claim.pk])
        report = Report.objects.get()
        assert report.said_from == report.said_to
        assert report.recorded_by == user
        assert report.recorded_at == NOW
        assert StandingChange.objects.get().standing == "reported"
        page = desk.get(response.url).content.decode()
        assert "The claim now stands as reported." in page

    def test_another_line_of_the_same_ledger_may_follow(self, desk: Client) -> None:
        claim = make_claim()
        response: Any = desk.post(ADD, typed(claim, make_origin(), _addanother="1"))
        assert response.url == f"{ADD}?claim={claim.pk}"

    def test_today_is_the_day_where_the_site_is(self, desk: Client) -> None:
        desk.post(ADD, typed(make_claim(), make_origin(), said_from="2024-11-20"))
        assert Report.objects.exists()

    @pytest.mark.parametrize(
        ("days", "field"),
        [
            ({"said_from": "2024-11-21"}, "said_from"),
            ({"said_to": "2024-11-21"}, "said_to"),
        ],
    )
    def test_a_day_that_has_not_come_is_refused(
        self, days: dict[str, str], field: str, desk: Client
    ) -> None:
        found = errors(desk.post(ADD, typed(make_claim(), make_origin(), **days)))
        assert found[field] == [
            "21 November 2024 has not come yet. Enter the day on which it was said: today at the "
            "latest."
        ]

    def test_days_the_wrong_way_round_are_refused(self, desk: Client) -> None:
        days = {"said_from": "2024-11-18", "said_to": "2024-11-10"}
        found = errors(desk.post(ADD, typed(make_claim(), make_origin(), **days)))
        assert "Swap them." in str(found)

    def test_a_repeat_names_what_it_repeats(self, desk: Client) -> None:
        claim, origin = make_claim(), make_origin()
        found = errors(desk.post(ADD, typed(claim, origin, stance="repeats")))
        assert "Choose the report it repeats." in str(found["repeats"])
        first = make_report(claim)
        desk.post(ADD, typed(claim, origin, stance="repeats", repeats=first.pk))
        assert Report.objects.get(stance="repeats").repeats == first

    def test_only_reports_of_the_same_claim_are_offered_and_none_that_is_struck(
        self, desk: Client
    ) -> None:
        claim = make_claim()
        first = make_report(claim, by="One")
        make_report(claim, by="Two", struck_at=NOW, struck_because="Wrong.")
        other = make_report(make_claim())
        form = desk.get(ADD, {"claim": claim.pk}).context["adminform"].form
        assert list(form.fields["repeats"].queryset) == [first]
        sent = typed(claim, make_origin(), stance="repeats", repeats=other.pk)
        assert "repeats" in errors(desk.post(ADD, sent))

    @pytest.mark.parametrize("claim", ["", "x", "-1", "99", "9" * 40, "²"])
    def test_an_address_with_nonsense_opens_the_form_all_the_same(
        self, claim: str, desk: Client
    ) -> None:
        assert desk.get(ADD, {"claim": claim}).status_code == 200

    def test_only_a_confirmation_is_somebodys_own_act(self, desk: Client) -> None:
        found = errors(desk.post(ADD, typed(make_claim(), make_origin(), has_authority="on")))
        assert "Only a confirmation settles a matter." in str(found["has_authority"])


class TestCompletingAReport:
    def at(self, report: Report) -> str:
        return reverse("admin:sources_report_change", args=[report.pk])

    def test_what_decides_a_standing_is_fixed_and_the_rest_is_not(self, desk: Client) -> None:
        report = make_report(make_claim(), by="White House")
        source = make_source("wire2024")
        sent = typed(make_claim(), make_origin("Kremlin"), stance="denies", said_from="2024-01-01")
        more = {"source": source.pk, "attribution": "on_record", "quotation": "Yes.", "note": "So."}
        before = Report.objects.values(*DECIDING).get()
        assert desk.post(self.at(report), sent | more).status_code == 302
        assert Report.objects.values(*DECIDING).get() == before
        report.refresh_from_db()
        assert (report.source, report.quotation, report.note) == (source, "Yes.", "So.")

    def test_a_struck_line_is_closed(self, desk: Client) -> None:
        report = make_report(make_claim(), struck_at=NOW, struck_because="Wrong.")
        assert desk.post(self.at(report), {"note": "x"}).status_code == 403
        page = desk.get(self.at(report)).content.decode()
        assert "Wrong." in page
        assert "Strike this line" not in page

    @pytest.mark.parametrize("superuser", [False, True])
    def test_nobody_deletes_a_line_or_a_ruling(self, superuser: bool, user: User) -> None:
        user.is_superuser = superuser
        user.save()
        desk = Client()
        desk.force_login(user)
        report, ruling = make_report(make_claim()), make_ruling(make_claim(), "refuted")
        for name, row in (("report", report), ("ruling", ruling)):
            at = reverse(f"admin:sources_{name}_delete", args=[row.pk])
            assert desk.post(at, {"post": "yes"}).status_code == 403
            sent = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
            desk.post(reverse(f"admin:sources_{name}_changelist"), sent)
        assert Report.objects.exists()
        assert Ruling.objects.exists()


class TestStriking:
    def at(self, report: Report) -> str:
        return reverse("admin:sources_report_strike", args=[report.pk])

    def test_asks_why_and_then_the_line_no_longer_counts(self, desk: Client, user: User) -> None:
        claim = make_claim()
        report = make_report(claim)
        assert "counts as absent" in desk.get(self.at(report)).content.decode()
        response: Any = desk.post(self.at(report), {"because": "It was another war."})
        assert response.url == reverse("admin:sources_claim_change", args=[claim.pk])
        report.refresh_from_db()
        assert (report.struck_because, report.struck_by) == ("It was another war.", user)
        assert StandingChange.objects.latest("at").standing == "unreported"
        page = desk.get(response.url).content.decode()
        assert "It was another war." in page
        assert "It was another war." in LogEntry.objects.latest("pk").change_message

    @pytest.mark.parametrize("because", ["", "  \n"])
    def test_without_a_reason_is_refused(self, because: str, desk: Client) -> None:
        report = make_report(make_claim())
        page = desk.post(self.at(report), {"because": because}).content.decode()
        assert "Say to readers why this line is struck." in page
        assert not Report.objects.get().is_struck

    def test_happens_once(self, desk: Client) -> None:
        report = make_report(make_claim())
        desk.post(self.at(report), {"because": "First."})
        page = desk.post(self.at(report), {"because": "Second."}).content.decode()
        assert "This line is struck already." in page
        assert Report.objects.get().struck_because == "First."

    def test_what_is_asked_by_get_changes_nothing(self, desk: Client) -> None:
        report = make_report(make_claim())
        desk.get(self.at(report), {"because": "x"})
        assert desk.put(self.at(report)).status_code == 405
        assert not Report.objects.get().is_struck

    def test_a_line_that_does_not_exist_is_not_found(self, desk: Client) -> None:
        assert desk.get("/admin/sources/report/99/strike/").status_code == 404


class TestRuling:
    def test_an_editor_rules_with_a_reason_from_a_day_on(self, desk: Client, user: User) -> None:
        claim = make_claim()
        sent = {"claim": claim.pk, "standing": "refuted", "ruled_on": "2024-11-20", "reason": "No."}
        response: Any = desk.post(RULE, sent)
        assert response.url == reverse("admin:sources_claim_change", args=[claim.pk])
        assert Ruling.objects.get().recorded_by == user
        page = desk.get(response.url).content.decode()
        assert "an editor’s ruling of 20 November 2024 (No)" in page

    @pytest.mark.parametrize(
        ("field", "value"),
        [("reason", ""), ("ruled_on", "2024-11-21"), ("standing", "reported")],
    )
    def test_what_is_wrong_is_said_at_its_field(self, field: str, value: str, desk: Client) -> None:
        sent = {
            "claim": make_claim().pk,
            "standing": "refuted",
            "ruled_on": "2024-11-20",
            "reason": "No.",
        }
        assert list(errors(desk.post(RULE, sent | {field: value}))) == [field]

    def test_is_lifted_with_a_reason_and_stays_to_be_read(self, desk: Client) -> None:
        ruling = make_ruling(make_claim(), "refuted")
        at = reverse("admin:sources_ruling_lift", args=[ruling.pk])
        assert "Say to readers why" in desk.post(at, {"because": ""}).content.decode()
        response: Any = desk.post(at, {"because": "It was shown after all."})
        assert Ruling.objects.get().is_lifted
        assert "It was shown after all." in desk.get(response.url).content.decode()

    def test_is_never_rewritten(self, desk: Client) -> None:
        ruling = make_ruling(make_claim(), "refuted")
        at = reverse("admin:sources_ruling_change", args=[ruling.pk])
        assert desk.post(at, {"standing": "confirmed"}).status_code == 403


class TestOrigins:
    def test_what_ledgers_count_by_is_fixed_once_a_report_names_it(self, desk: Client) -> None:
        origin = make_origin("two unnamed officials", is_named=False)
        at = reverse("admin:sources_origin_change", args=[origin.pk])
        body = make_origin("Pentagon")
        sent = {"name": "two unnamed officials", "body": body.pk, "slug": origin.slug}
        desk.post(at, sent)
        assert Origin.objects.get(pk=origin.pk).body == body
        make_report(make_claim(), by=origin)
        desk.post(at, sent | {"body": "", "is_named": "on", "note": "Who that is."})
        origin.refresh_from_db()
        assert (origin.body, origin.is_named, origin.note) == (body, False, "Who that is.")

    def test_a_new_name_is_in_the_reasons_of_every_standing(self, desk: Client) -> None:
        origin = make_origin("Whte House")
        make_report(make_claim(), by=origin)
        at = reverse("admin:sources_origin_change", args=[origin.pk])
        desk.post(at, {"name": "White House", "slug": origin.slug})
        assert "(White House)" in StandingChange.objects.get().because

    def test_an_editor_tells_two_of_one_body_apart(self, desk: Client) -> None:
        claim, body = make_claim(), make_origin("Pentagon")
        one, two = (make_origin(name, is_named=False, body=body) for name in ("one", "two"))
        make_report(claim, by=one)
        make_report(claim, by=two)
        assert Claim.objects.with_standing().get().standing_words == "reported"
        at = reverse("admin:sources_origin_apart", args=[two.pk])
        assert "how you know" in desk.post(at, {"because": " "}).content.decode()
        response: Any = desk.post(at, {"because": "They spoke in different rooms."})
        assert Claim.objects.with_standing().get().standing_words == "corroborated"
        assert "different rooms" in desk.get(response.url).content.decode()

    def test_a_named_one_counts_by_itself_already(self, desk: Client) -> None:
        at = reverse("admin:sources_origin_apart", args=[make_origin("White House").pk])
        page = desk.post(at, {"because": "x"}).content.decode()
        assert "A named origin counts by itself already." in page

    def test_one_that_speaks_in_a_ledger_is_not_deleted(self, desk: Client) -> None:
        report = make_report(make_claim())
        at = reverse("admin:sources_origin_delete", args=[report.origin_id])
        assert desk.post(at, {"post": "yes"}).status_code == 200
        assert Origin.objects.exists()
