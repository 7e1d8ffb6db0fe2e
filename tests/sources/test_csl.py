"""CSL-JSON goes out valid and comes back the same."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.csl import from_csl, outlet_slug, to_csl
from sources.models import Outlet, Source
from sources.vocabulary import CSL_TYPE_LABELS
from sources.wordlists import words

# The schema's own words: citation-style-language/schema, schemas/input/csl-data.json.
TYPES = words(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture
    musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song
    speech standard thesis treaty webpage
    """
)
NAMES = words(
    """
    author chair collection-editor compiler composer container-author contributor curator
    director editor editorial-director executive-producer guest host interviewer illustrator
    narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator translator
    """
)
DATES = {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}
STRINGS = words(
    """
    title title-short container-title container-title-short collection-title publisher
    publisher-place URL DOI ISBN ISSN PMID PMCID abstract annote language genre medium section
    status version note keyword archive archive_location archive-place authority jurisdiction
    event-title event-place original-title part-title references number volume issue page
    page-first chapter-number edition locator part supplement call-number dimensions division
    scale source collection-number number-of-pages number-of-volumes original-publisher
    original-publisher-place volume-title year-suffix
    """
)
NAME_PARTS = {
    "family", "given", "dropping-particle", "non-dropping-particle", "suffix", "comma-suffix",
    "static-ordering", "literal", "parse-names",
}  # fmt: skip
DATE_PARTS = {"date-parts", "season", "circa", "literal", "raw"}


def assert_valid(item: dict[str, Any]) -> None:
    assert item["id"] is not None
    assert item["type"] in TYPES
    for name, value in item.items():
        if name in NAMES:
            assert value
            for one in value:
                assert one.keys() <= NAME_PARTS
                assert all(isinstance(one.get(p, ""), str) for p in ("family", "given", "literal"))
        elif name in DATES:
            assert value.keys() <= DATE_PARTS
            assert all(
                1 <= len(parts) <= 3 and all(isinstance(n, int) for n in parts)
                for parts in value.get("date-parts", [])
            )
            assert isinstance(value.get("literal", ""), str)
        elif name in STRINGS:
            assert isinstance(value, str), name
        else:
            assert name in {"id", "type", "custom"}
    assert isinstance(item.get("custom", {}), dict)


FULL: dict[str, Any] = {
    "citekey": "doe2024",
    "csl_type": "report",
    "title": "Title",
    "original_title": "Назва",
    "authors": [{"family": "Doe", "given": "Jane"}, {"literal": "Federal Wire"}],
    "container_title": "Series",
    "publisher": "Press",
    "publisher_place": "Kyiv",
    "volume": "1",
    "issue": "2",
    "page": "3-4",
    "number": "5",
    "edition": "2nd",
    "event": "Hearing",
    "medium": "Radio",
    "genre": "Press release",
    "abstract": "Abstract.",
    "note": "First to report it.",
    "language": "uk",
    "url": "https://example.org/a",
    "archived_url": "https://archive.example.org/a",
    "doi": "10.1000/a",
    "isbn": "978",
    "issued_year": 2024,
    "issued_month": 11,
    "issued_day": 17,
    "issued_circa": True,
    "issued_words": "one Sunday",
    "accessed_on": date(2024, 11, 18),
    "attribution": "unnamed_official",
    "attributed_to": "unnamed US officials",
    "is_not_a_source": True,
    "other_csl": {"editor": [{"family": "Roe"}], "ISSN": "1", "custom": {"theirs": [1]}},
}


def test_every_type_of_csl_is_known() -> None:
    assert set(CSL_TYPE_LABELS) == TYPES


def test_a_full_source_goes_out_valid_and_comes_back_the_same() -> None:
    item = to_csl(Source(**FULL))
    assert_valid(item)
    assert from_csl(item) == FULL


@pytest.mark.parametrize("csl_type", sorted(TYPES))
def test_the_outlet_stands_in_going_out_and_not_coming_back(csl_type: str) -> None:
    outlet = Outlet(name="Capital Ledger", slug="capital-ledger")
    item = to_csl(Source(citekey="a", csl_type=csl_type, title="T", outlet=outlet))
    assert_valid(item)
    assert "Capital Ledger" in (item.get("container-title"), item.get("publisher"))
    assert outlet_slug(item) == "capital-ledger"
    back = from_csl(item)
    assert (back["container_title"], back["publisher"], back["other_csl"]) == ("", "", {})


def test_an_empty_source_is_a_valid_item() -> None:
    assert to_csl(Source(citekey="a")) == {"id": "a", "type": "webpage"}


def test_what_csl_does_not_know_is_kept_in_custom() -> None:
    fields = from_csl({"id": "a", "type": "blog-comment", "title": "T", "mood": "good"})
    assert fields["csl_type"] == "document"
    item = to_csl(Source(**fields))
    assert item["custom"] == {"type": "blog-comment", "mood": "good"}
    assert_valid(item)


def test_former_names_of_variables_are_understood() -> None:
    fields = from_csl({"type": "speech", "event": "Rally", "shortTitle": "S"})
    assert fields["event"] == "Rally"
    assert fields["other_csl"] == {"title-short": "S"}


@pytest.mark.parametrize("key", ["http://zotero.org/users/1/items/X", "two words", 7.5, None, ""])
def test_an_id_that_no_mark_can_name_is_left_to_be_made(key: object) -> None:
    assert from_csl({"id": key, "type": "book"})["citekey"] in ("", "7.5")


def test_the_citation_key_goes_before_the_id() -> None:
    assert from_csl({"id": "x1", "citation-key": "doe2024"})["citekey"] == "doe2024"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//example.org", "ftp://example.org/a"])
def test_an_address_that_a_browser_might_run_does_not_come_in(url: str) -> None:
    fields = from_csl({"URL": url, "custom": {"archived_url": url}})
    assert (fields["url"], fields["archived_url"]) == ("", "")


def test_text_is_cut_to_its_field_and_cleared_of_what_databases_refuse() -> None:
    fields = from_csl({"title": "a\0b\ud800" + "x" * 900, "volume": 12, "abstract": "y" * 9000})
    assert fields["title"].startswith("ab?x")
    assert len(fields["title"]) == 500
    assert (fields["volume"], len(fields["abstract"])) == ("12", 9000)


def test_the_outlet_of_an_item_that_is_not_ours_is_nobody() -> None:
    assert outlet_slug({"custom": "x"}) == outlet_slug({}) == ""


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*sorted(NAME_PARTS), "date-parts", "circa"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
names_of_fields = st.sampled_from(
    [*sorted(NAMES | DATES | STRINGS), "id", "type", "custom", "event", "other", "citation-key"]
)


@given(st.dictionaries(names_of_fields, json_values, max_size=8))
def test_whatever_comes_in_goes_out_valid_and_then_stays(item: dict[str, Any]) -> None:
    fields = from_csl(item)
    out = to_csl(Source(**fields))
    assert_valid(out)
    assert from_csl(out) == fields


@pytest.mark.django_db
def test_an_imported_item_is_found_as_it_came() -> None:
    Source(**FULL).save()
    assert to_csl(Source.objects.get()) == to_csl(Source(**FULL))
