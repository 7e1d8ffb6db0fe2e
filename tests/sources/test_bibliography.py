"""How sources read in notes and lists, and that nothing in them runs."""

import json
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.bibliography import Entry, bibliography_html, note_html
from sources.vocabulary import CSL_TYPE_LABELS, Attribution

LEDGER = Entry(
    csl_type="article-newspaper",
    title="Title",
    outlet_name="Capital Ledger",
    outlet_kind="Newspaper",
    issued="17 November 2024",
    attribution="unnamed_official",
    attributed_to="unnamed US officials",
    url="https://ledger.example.org/a",
    archived_url="https://archive.example.org/a",
)
JANE = {"family": "Doe", "given": "Jane"}


def test_a_note_has_the_citation_then_its_provenance() -> None:
    assert note_html(LEDGER) == (
        "<cite>Capital Ledger</cite>, “Title”, 17 November 2024. "
        '<span class="prov">Newspaper; unnamed US officials. '
        '<a class="out" href="https://ledger.example.org/a">Original</a>, '
        '<a href="https://archive.example.org/a">archived copy</a></span>'
    )


def test_a_line_of_the_list_begins_with_what_it_is_filed_under() -> None:
    line = bibliography_html(replace(LEDGER, url="", archived_url=""))
    assert line == (
        "<cite>Capital Ledger</cite>. “Title”, 17 November 2024. Newspaper; unnamed US officials."
    )
    signed = bibliography_html(replace(LEDGER, authors=(JANE,), url="", archived_url=""))
    assert signed.startswith("Doe, Jane. <cite>Capital Ledger</cite>, “Title”, 17 November 2024.")


BOOK = Entry(csl_type="book", title="A Book", authors=(JANE,), publisher="Press", issued="2020")
CITATIONS = [
    (BOOK, "Jane Doe, <cite>A Book</cite>, Press, 2020."),
    (
        replace(BOOK, csl_type="article-journal", container_title="Journal", publisher="",
                volume="3", issue="2", page="10-12", doi="10.1/x"),
        "Jane Doe, “A Book”, <cite>Journal</cite> 3 (2), 2020, pp. 10–12, doi:10.1/x.",
    ),
    (
        replace(BOOK, csl_type="chapter", container_title="Whole", page="7"),
        "Jane Doe, “A Book”, in <cite>Whole</cite>, Press, 2020, p. 7.",
    ),
    (
        replace(BOOK, csl_type="dataset", edition="v2", publisher="", outlet_name="Bureau"),
        "Jane Doe, <cite>A Book</cite>, v2, Bureau, 2020.",
    ),
    (
        Entry(csl_type="interview", authors=(JANE,), genre="Broadcast interview"),
        "Jane Doe, Broadcast interview, no date.",
    ),
    (
        Entry(csl_type="post", authors=(JANE,), title="Words", outlet_name="Site", issued="2024"),
        "Jane Doe, <cite>Site</cite>, “Words”, 2024.",
    ),
    (
        Entry(title="Page", url="https://www.example.org/a"),
        "<cite>example.org</cite>, “Page”, no date.",
    ),
    (Entry(csl_type="treaty", title="Treaty"), "<cite>Treaty</cite>, no date."),
    (Entry(csl_type="treaty"), "Treaty, no date."),
    (
        Entry(csl_type="broadcast", outlet_name="Radio", issue="4"),
        "<cite>Radio</cite>, no. 4, no date.",
    ),
    (Entry(csl_type="book", title="A", page="iv"), "<cite>A</cite>, no date, iv."),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "citation"), CITATIONS)
def test_a_citation_reads_as_its_type_is_cited(entry: Entry, citation: str) -> None:
    assert note_html(entry).startswith(citation)


def test_the_author_can_be_left_out() -> None:
    assert note_html(BOOK, with_author=False).startswith("<cite>A Book</cite>, Press")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Jane A"),
        (2, "Jane A and Jane B"),
        (3, "Jane A, Jane B and Jane C"),
        (4, "Jane A and others"),
    ],
)
def test_authors_are_said_up_to_three(count: int, said: str) -> None:
    authors = tuple({"family": "ABCD"[n], "given": "Jane"} for n in range(count))
    assert note_html(replace(BOOK, authors=authors)).startswith(f"{said}, <cite>")


def test_a_missing_date_is_said() -> None:
    assert "“Title”, no date." in note_html(replace(LEDGER, issued=""))


def test_no_attribution_is_invented() -> None:
    page = note_html(Entry(title="T", outlet_name="Site", outlet_kind="News site"))
    assert '<span class="prov">News site.</span>' in page


def test_an_unsigned_report_of_which_nobody_wrote_down_the_word_says_so() -> None:
    silent = replace(LEDGER, attribution="", attributed_to="", url="", archived_url="")
    assert "Newspaper; attribution not recorded." in note_html(silent)
    assert "attribution" not in note_html(replace(silent, authors=(JANE,)))


@pytest.mark.parametrize(
    ("attribution", "to", "said"),
    [
        ("unnamed_official", "", "unnamed official"),
        ("on_record", "White House", "White House, on the record"),
        ("official_statement", "", "official statement"),
        ("unattributed", "", "unattributed"),
        ("", "a letter", "a letter"),
    ],
)
def test_whose_word_it_is(attribution: str, to: str, said: str) -> None:
    note = note_html(replace(LEDGER, attribution=attribution, attributed_to=to))
    assert f"Newspaper; {said}. <a" in note


def test_a_party_is_called_one() -> None:
    assert "Newspaper, a party to the war; unnamed" in note_html(
        replace(LEDGER, party_note="a party to the war")
    )


def test_titles_carry_their_language_where_it_is_not_the_page_s() -> None:
    entry = replace(
        LEDGER, title="Назва", language="uk", outlet_native_name="Леджер", outlet_language="uk"
    )
    note = note_html(entry, page_language="en")
    assert '“<span lang="uk">Назва</span>”' in note
    assert '<cite>Capital Ledger</cite> (<span lang="uk">Леджер</span>)' in note
    assert "Newspaper, in Ukrainian; " in note
    assert "lang=" not in note_html(entry, page_language="uk-UA")
    assert "in xx" not in note_html(replace(entry, language="xx"), page_language="en")


def test_a_translated_title_stands_before_the_original() -> None:
    translated = replace(LEDGER, original_title="Назва", language="uk")
    original = '<span lang="uk">Назва</span>'
    assert f"“Title ({original})”" in note_html(translated)
    assert f"“{original}”" in note_html(replace(translated, title=""))


def test_a_title_that_ends_the_sentence_gets_no_second_full_stop() -> None:
    assert "<cite>Why?</cite>, no date. Seen." in note_html(
        Entry(csl_type="book", title="Why?", note="Seen.")
    )


def test_only_an_archived_copy_is_named_as_such() -> None:
    assert note_html(replace(LEDGER, url="")).endswith(
        '<a href="https://archive.example.org/a">Archived copy</a></span>'
    )


def test_an_address_is_linked_as_html_allows_it() -> None:
    odd = "https://ledger.example.org/ї?q={a b}|%20#c"
    linked = bibliography_html(replace(LEDGER, url=odd, archived_url=""))
    assert 'href="https://ledger.example.org/ї?q=%7Ba%20b%7D%7C%20#c"' in linked


def test_a_doi_stands_in_for_the_address() -> None:
    assert 'href="https://doi.org/10.1/x"' in note_html(replace(BOOK, doi="10.1/x"))


def test_entries_are_filed_without_regard_to_case() -> None:
    entries = [BOOK, LEDGER, Entry(csl_type="webpage", title="x", outlet_name="berliner")]
    filed = sorted(entries, key=lambda entry: entry.sort_key)
    assert [entry.container or "Doe" for entry in filed] == ["berliner", "Capital Ledger", "Doe"]


# --- Hostile words --------------------------------------------------------------------


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "cite", "span"}
        for name, value in attrs:
            assert name in {"href", "class", "lang"}
            if name == "href":
                assert value is not None
                assert value.lower().startswith(("http://", "https://"))
            elif name == "class":
                assert value in {"out", "prov"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment got through")


def hostile(words: str, **more: str) -> Entry:
    """An entry that says the same everywhere."""
    given = {field.name: words for field in fields(Entry)} | more
    authors = ({"family": words, "given": words, "suffix": words}, {"literal": words})
    return Entry(**{**given, "authors": authors})  # type: ignore[arg-type]


ATTACKS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "https://example.org/\"onclick=\"alert(1)",
    "https://example.org/<script>",
    "data:text/html,<script>alert(1)</script>",
    "</span></cite></a><b>",
    "<!-- comment",
    "{{ title }} {% debug %} {0} %s",
]  # fmt: skip


@pytest.mark.parametrize("csl_type", sorted(CSL_TYPE_LABELS))
@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_come_out_as_words(csl_type: str, attack: str) -> None:
    entry = hostile(attack, csl_type=csl_type)
    for html in (note_html(entry), bibliography_html(entry, page_language="en")):
        Tags(html)
        assert "<script" not in html
    silent = replace(entry, attribution=Attribution.ON_RECORD, authors=())
    Tags(note_html(silent, with_author=False))


@given(st.text(), st.sampled_from(sorted(CSL_TYPE_LABELS)))
def test_any_words_come_out_well_nested(words: str, csl_type: str) -> None:
    Tags(note_html(hostile(words, csl_type=csl_type)))
    Tags(bibliography_html(hostile(words, csl_type=csl_type)))


def test_the_collected_attacks_come_out_as_words(shared_folder: Path) -> None:
    attacks = json.loads((shared_folder / "samples" / "xss-payloads.json").read_text())
    assert len(attacks) > 100
    for attack in attacks:
        Tags(note_html(hostile(attack["payload"], csl_type="webpage")))
        Tags(bibliography_html(hostile(attack["payload"], csl_type="book")))
