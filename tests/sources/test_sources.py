"""Sources as records: one for each page, each with a key that stays."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from sources.models import Outlet, OutletHost, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Outlet:
    outlet = Outlet.objects.create(name="Capital Ledger", slug="capital-ledger", kind="newspaper")
    OutletHost.objects.create(host="https://www.ledger.example.org/", outlet=outlet)
    return outlet


def make_source(**fields: Any) -> Source:
    source = Source(**{"title": "A report"} | fields)
    source.save()
    return source


# --- Citekeys -------------------------------------------------------------------------


def test_a_key_is_made_on_saving_and_stays_when_everything_changes(ledger: Outlet) -> None:
    source = make_source(
        title="The limits of a leak", authors=[{"family": "Doe", "given": "J."}], issued_year=2024
    )
    assert source.citekey == "doeLimitsLeak2024"
    source.title, source.authors, source.issued_year, source.outlet = "Other", [], 1999, ledger
    source.save()
    assert Source.objects.get().citekey == "doeLimitsLeak2024"


def test_equal_sources_get_letters() -> None:
    keys = [make_source(title="Same words here", issued_year=2024).citekey for _ in range(29)]
    assert keys[:3] == ["SameWordsHere2024", "SameWordsHere2024a", "SameWordsHere2024b"]
    assert keys[27:] == ["SameWordsHere2024aa", "SameWordsHere2024ab"]


def test_the_outlet_stands_in_for_an_author(ledger: Outlet) -> None:
    assert make_source(title="US lifts limit", outlet=ledger).citekey == "capitalledgerUSLiftsLimit"


def test_a_key_taken_in_the_meantime_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    make_source(citekey="AReport")
    offered = iter([["AReport"], ["ReportB"]])
    monkeypatch.setattr(type(Source.objects), "free_citekeys", lambda self, bases: next(offered))
    assert make_source().citekey == "ReportB"


def test_many_keys_at_once_are_all_different_and_take_two_queries() -> None:
    make_source(citekey="doe2024")
    make_source(citekey="doe2024b")
    with CaptureQueriesContext(connection) as queries:
        keys = Source.objects.free_citekeys(["doe2024", "roe", "doe2024", "doe2024", "roe"])
    assert keys == ["doe2024a", "roe", "doe2024c", "doe2024d", "roea"]
    assert len(queries) == 2


def test_a_former_key_leads_to_its_source_and_is_given_to_no_other() -> None:
    source = make_source(citekey="old")
    source.citekey = "new"
    source.save()
    assert Source.objects.by_citekeys(["old", "new", "none"]) == {"old": source, "new": source}
    assert Source.objects.free_citekeys(["old"]) == ["olda"]
    with pytest.raises(ValidationError, match="was the key of"):
        Source(title="x", citekey="old").full_clean()


def test_a_former_key_may_come_back_to_its_own_source() -> None:
    source = make_source(citekey="old")
    for key in ("new", "old"):
        source.citekey = key
        source.full_clean()
        source.save()
    assert list(source.former_citekeys.values_list("key", flat=True)) == ["new"]


def test_bases_that_grow_into_each_other_do_not_clash() -> None:
    keys = Source.objects.free_citekeys(["doea", "doe", "doe"])
    assert len(set(keys)) == 3


def test_a_typed_key_must_be_one_that_marks_can_name() -> None:
    with pytest.raises(ValidationError, match="cannot stand in"):
        Source(title="x", citekey="two words").full_clean()


# --- One source for each page ---------------------------------------------------------

VARIANTS = [
    "https://ledger.example.org/2024/11/us-lifts-limit",
    "http://www.ledger.example.org/2024/11/us-lifts-limit/?utm_source=newsletter",
    "https://m.ledger.example.org/2024/11/us-lifts-limit/amp#top",
    "https://www.google.com/amp/s/ledger.example.org/2024/11/us-lifts-limit/amp",
]


def test_one_source_however_many_forms_of_its_address(ledger: Outlet) -> None:
    made = Source.objects.get_or_make_for_urls(dict.fromkeys(VARIANTS, "here"))
    assert list(made) == VARIANTS
    assert len({source.pk for source in made.values()}) == 1
    again = Source.objects.get_or_make_for_urls({VARIANTS[2]: "the report of the Ledger"})
    assert again[VARIANTS[2]] == made[VARIANTS[0]]
    assert Source.objects.count() == 1
    assert all(Source.objects.for_url(url) == made[url] for url in VARIANTS)


def test_a_page_gets_its_title_from_the_words_or_the_address(ledger: Outlet) -> None:
    made = Source.objects.get_or_make_for_urls(
        {VARIANTS[0]: "here", "https://other.example/a": "the other side"}
    )
    assert [source.title for source in made.values()] == ["Us lifts limit", "the other side"]
    assert [source.outlet for source in made.values()] == [ledger, None]
    assert made[VARIANTS[0]].url == VARIANTS[0]


def test_an_existing_source_is_not_touched() -> None:
    source = make_source(title="By hand", url="https://ledger.example.org/a", citekey="mine")
    made = Source.objects.get_or_make_for_urls({"http://www.ledger.example.org/a/": "the report"})
    assert (made.popitem()[1], Source.objects.get().title) == (source, "By hand")


def test_what_is_no_page_makes_no_source() -> None:
    links = {"mailto:a@example.org": "Ann", "javascript:alert(1)": "x", "/local": "y", "": "z"}
    assert Source.objects.get_or_make_for_urls(links) == {}
    assert Source.objects.for_url("mailto:a@example.org") is None


def test_an_address_without_scheme_is_kept_whole() -> None:
    made = Source.objects.get_or_make_for_urls({"//example.org/a": "the words"})
    assert made["//example.org/a"].url == "https://example.org/a"


def test_an_address_too_long_to_keep_is_kept_in_its_canonical_form() -> None:
    url = "https://www.example.org/a?utm_campaign=" + "x" * 3000
    assert Source.objects.get_or_make_for_urls({url: "words"})[url].url == "https://example.org/a"


def links(count: int, start: int = 0) -> dict[str, str]:
    return {
        f"https://site{n % 7}.ledger.example.org/story-{n}": "the same words"
        for n in range(start, start + count)
    }


def queries_for(urls: dict[str, str], **options: bool) -> int:
    with CaptureQueriesContext(connection) as queries:
        Source.objects.get_or_make_for_urls(urls, **options)
    return len(queries)


def test_queries_for_known_pages_do_not_grow_with_their_number(ledger: Outlet) -> None:
    Source.objects.get_or_make_for_urls(links(200))
    assert queries_for(links(5)) == queries_for(links(200)) == 1


@pytest.mark.parametrize("make_outlets", [False, True])
def test_queries_for_new_pages_do_not_grow_with_their_number(make_outlets: bool) -> None:
    few = queries_for(links(3), make_outlets=make_outlets)
    Source.objects.all().delete()
    Outlet.objects.all().delete()
    assert queries_for(links(21), make_outlets=make_outlets) == few


def test_a_whole_import_is_found_again() -> None:
    made = Source.objects.get_or_make_for_urls(links(900), make_outlets=True)
    assert len(made) == Source.objects.count() == 900
    assert len({source.citekey for source in made.values()}) == 900
    assert {s.outlet.name for s in made.values() if s.outlet} >= {"site0.ledger.example.org"}


def test_a_key_that_somebody_else_takes_meanwhile_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query_set = type(Source.objects.all())
    real = query_set.free_citekeys

    def late(self: Any, bases: Any) -> list[str]:
        keys = real(self, bases)
        if not Source.objects.exists():
            Source(citekey=keys[0], title="theirs").save()
        return keys

    monkeypatch.setattr(query_set, "free_citekeys", late)
    made = query_set(Source).get_or_make_for_urls({"https://example.org/a": "the words said"})
    assert made["https://example.org/a"].citekey == "exampleWordsSaida"
    assert Source.objects.count() == 2


def test_two_sources_cannot_have_one_page() -> None:
    make_source(url="https://example.org/a")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_source(url="http://www.example.org/a/", citekey="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_source(url="http://www.example.org/a/")
    with pytest.raises(ValidationError, match="already a source with this address"):
        Source(title="x", citekey="y", url="http://www.example.org/a/").full_clean()


def test_sources_without_an_address_do_not_clash() -> None:
    assert [make_source().canonical_url for _ in range(2)] == ["", ""]


def test_a_doi_is_an_address() -> None:
    source = make_source(doi="https://doi.org/10.1000/ABC")
    assert Source.objects.for_url("http://dx.doi.org/10.1000/abc") == source
    assert make_source(doi="10.1000/xyz").canonical_url == "https://doi.org/10.1000/xyz"


def test_saving_some_fields_keeps_the_key_of_the_page_in_step() -> None:
    source = make_source(url="https://example.org/a")
    source.url = "https://example.org/b"
    source.save(update_fields=["url"])
    assert Source.objects.get().canonical_url == "https://example.org/b"


# --- Other rules ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org/a", "https://", "a b"]
)
@pytest.mark.parametrize("field", ["url", "archived_url"])
def test_only_addresses_on_the_web_are_accepted(field: str, url: str) -> None:
    with pytest.raises(ValidationError, match="http"):
        Source(title="x", citekey="x", **{field: url}).full_clean()


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"issued_month": 3}, "issued_month"),
        ({"issued_year": 2024, "issued_day": 3}, "issued_day"),
        ({"issued_year": 2023, "issued_month": 2, "issued_day": 29}, "issued_day"),
    ],
)
def test_impossible_dates_are_refused_at_their_field(parts: dict[str, int], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Source(title="x", citekey="x", **parts).full_clean()
    assert field in refused.value.message_dict


def test_names_in_other_shapes_are_refused() -> None:
    with pytest.raises(ValidationError, match="list of objects"):
        Source(title="x", citekey="x", authors=["Doe"]).full_clean()


def test_an_outlet_that_published_something_cannot_be_deleted(ledger: Outlet) -> None:
    make_source(outlet=ledger)
    with pytest.raises(ProtectedError):
        ledger.delete()


def test_citable_leaves_out_what_is_marked_as_no_source() -> None:
    make_source(is_not_a_source=True)
    source = make_source()
    assert list(Source.objects.citable().with_outlet()) == [source]


def test_a_source_is_called_by_its_title_or_else_its_key() -> None:
    assert str(Source(title="A report")) == "A report"
    assert str(Source(citekey="doe2024")) == "doe2024"


def test_the_entry_says_what_the_source_and_its_outlet_say(ledger: Outlet) -> None:
    ledger.is_party = True
    entry = Source(title="A report", outlet=ledger, issued_year=2024, issued_month=11).entry()
    assert (entry.title, entry.outlet_name, entry.issued) == (
        "A report",
        "Capital Ledger",
        "November 2024",
    )
    assert (entry.outlet_kind, entry.party_note) == ("Newspaper", "a party to the matter")
    assert Source(title="Alone").entry().outlet_name == ""


def test_a_page_is_looked_up_without_reading_every_source() -> None:
    make_source(url="https://example.org/1")
    if connection.vendor != "sqlite":
        pytest.skip("of so few rows PostgreSQL rather reads all")

    assert "SCAN" not in Source.objects.of_pages(["https://example.org/1"]).order_by().explain()
