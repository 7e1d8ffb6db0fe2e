"""Sources and outlets as carriers of claims, whether or not a post cites them."""

from typing import Any

import pytest
from django.test import Client

from sources.models import Claim
from sources.recording import strike
from tests.factories import (
    make_assumption,
    make_claim,
    make_draft,
    make_outlet,
    make_post,
    make_report,
    make_source,
)

pytestmark = pytest.mark.django_db


def public(statement: str) -> Claim:
    claim = make_claim(statement)
    make_assumption(make_post(), claim)
    return claim


def context(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.context


def carried(path: str) -> list[tuple[str, list[str]]]:
    return [
        (str(one.claim), [f"{line.origin} {line.stance_words}" for line in one.reports])
        for one in context(path)["carried"]
    ]


def test_a_source_lists_the_claims_it_carried_with_whoever_said_so() -> None:
    source = make_source("a", title="A report")
    soldiers, missiles = public("Soldiers."), public("Missiles.")
    make_report(soldiers, by="Kyiv", on="2024-10-01", source=source)
    make_report(missiles, by="Kyiv", on="2024-10-02", source=source)
    make_report(soldiers, "denies", by="Minsk", on="2024-10-03", source=source)
    make_report(missiles, by="Seoul", source=make_source("b"))

    assert carried("/sources/a/") == [
        ("Soldiers.", ["Minsk denies it", "Kyiv says so"]),
        ("Missiles.", ["Kyiv says so"]),
    ]
    html = Client().get("/sources/a/").content.decode()
    assert "Claims it carried" in html
    assert "reported, contested" in html


def test_a_source_that_no_post_cites_has_a_page_and_so_has_its_outlet() -> None:
    outlet = make_outlet("Ledger", slug="ledger")
    make_report(public("Soldiers."), by="Kyiv", source=make_source("a", outlet=outlet))

    assert carried("/sources/a/") == [("Soldiers.", ["Kyiv says so"])]
    assert carried("/outlets/ledger/") == [("Soldiers.", ["Kyiv says so"])]
    assert "Cited in" not in Client().get("/sources/a/").content.decode()
    assert "What we cite" not in Client().get("/outlets/ledger/").content.decode()


def test_what_a_claim_carries_is_no_citation() -> None:
    """The index counts what posts cite, and nothing else."""
    outlet = make_outlet("Ledger", slug="ledger")
    cited, uncited = make_source("cited", outlet=outlet), make_source("uncited", outlet=outlet)
    make_post(body="So [@cited].")
    claim = public("Soldiers.")
    make_report(claim, by="Kyiv", source=cited)
    make_report(claim, by="Seoul", source=uncited)
    make_report(claim, by="Minsk", source=make_source("alone"))

    rows = context("/sources/")["rows"]

    assert [(row.name, row.post_count, row.note_count) for row in rows] == [("Ledger", 1, 1)]
    assert [source.citekey for source in context("/outlets/ledger/")["sources"]] == ["cited"]


def test_a_hidden_claim_gives_nothing_a_page_and_is_not_listed() -> None:
    outlet = make_outlet("Ledger", slug="ledger")
    hidden = make_claim("Hidden.")
    make_assumption(make_draft(), hidden)
    make_report(hidden, by="Kyiv", source=make_source("a", outlet=outlet))
    make_source("cited")
    make_post(body="So [@cited].")
    make_report(hidden, by="Kyiv", source=make_source("both"))
    make_report(public("Shown."), by="Kyiv", source=make_source("c"))

    assert Client().get("/sources/a/").status_code == 404
    assert Client().get("/outlets/ledger/").status_code == 404
    assert carried("/sources/cited/") == []


def test_what_is_not_a_source_has_no_page_even_so() -> None:
    shop = make_source("shop", title="A shop", is_not_a_source=True)
    claim = public("Soldiers.")
    make_report(claim, by="Kyiv", source=shop)

    page = Client().get(f"/claims/{claim.slug}/").content.decode()

    assert Client().get("/sources/shop/").status_code == 404
    assert "A shop" in page
    assert "/sources/shop/" not in page


def test_a_struck_line_stays_on_record_as_struck() -> None:
    source = make_source("a")
    strike(make_report(public("Soldiers."), by="Kyiv", source=source), "It was not so.", None)

    assert "</s>, struck" in Client().get("/sources/a/").content.decode()
