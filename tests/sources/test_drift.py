"""What was announced of a claim can be checked against its ledger, and made anew from it."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sources.drift import all_drifts, drifts, rebuild
from sources.models import Claim, Report, StandingChange
from tests.factories import make_claim, make_publication, make_report, make_ruling

pytestmark = pytest.mark.django_db

Tamper = Callable[[Claim], object]


@pytest.fixture
def claim() -> Claim:
    """Announced twice: reported on the 18th, refuted on the 20th."""
    make_publication()
    claim = make_claim(slug="soldiers")
    make_report(claim, by="Kyiv")
    make_ruling(claim, "refuted")
    return claim


def announced() -> list[tuple[object, ...]]:
    return list(StandingChange.objects.order_by("pk").values_list())


def add_one(claim: Claim) -> None:
    last = claim.changes.last()
    assert last is not None
    last.pk, last.at = None, last.at + timedelta(days=1)
    last.save()


TAMPERINGS: list[tuple[Tamper, str]] = [
    (lambda claim: claim.changes.filter(standing="refuted").delete(), "was not announced"),
    (lambda claim: claim.changes.update(because="So."), "is not so in the ledger"),
    (lambda claim: claim.changes.filter(standing="refuted").update(standing="x"), "is not so"),
    (lambda claim: claim.changes.filter(was_contested=False).update(was_contested=True), "not so"),
    (add_one, "is not in the ledger"),
    (lambda claim: claim.reports.update(stance="denies"), "is not so in the ledger"),
    (lambda claim: claim.rulings.all().delete(), "is not in the ledger"),
]


def test_what_saving_announced_is_what_the_ledger_says(claim: Claim) -> None:
    assert list(drifts(claim)) == []


@pytest.mark.parametrize(("tamper", "what"), TAMPERINGS)
def test_tampering_is_told_by_the_claims_name(claim: Claim, tamper: Tamper, what: str) -> None:
    tamper(claim)
    told = [str(drift) for drift in all_drifts()]
    assert told
    assert all(line.startswith("claim soldiers: ") for line in told)
    assert what in told[0]


@pytest.mark.parametrize(("tamper", "what"), TAMPERINGS)
def test_made_anew_they_are_right_again(claim: Claim, tamper: Tamper, what: str) -> None:
    tamper(claim)
    rebuild(claim)
    assert list(drifts(claim)) == []


def test_changes_that_are_right_keep_their_ids(claim: Claim) -> None:
    before = announced()
    add_one(claim)
    rebuild(claim)
    assert announced() == before


def test_checking_changes_nothing(claim: Claim) -> None:
    Report.objects.update(stance="denies")
    before = announced()
    list(all_drifts())
    assert announced() == before


def test_the_command_tells_of_ledgers_and_exits_1(claim: Claim) -> None:
    claim.changes.all().delete()
    said = StringIO()
    with pytest.raises(CommandError, match="2 rows differ") as caught:
        call_command("check_references", stdout=said)
    assert caught.value.returncode == 1
    assert "claim soldiers: “unreported → reported”, 2024-11-18 12:00 UTC" in said.getvalue()
    call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    call_command("check_references", stdout=StringIO())
    assert claim.changes.count() == 2
