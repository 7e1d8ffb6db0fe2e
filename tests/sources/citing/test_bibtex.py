"""BibTeX that TeX can print, whatever a title says."""

import re

import pytest

from sources.citing import to_bibtex
from tests.sources.citing.items import HOSTILE


def fields() -> dict[str, str]:
    found = re.findall(r"(?m)^  (\w+) = \{(.*)\},$", to_bibtex([HOSTILE]))
    return dict(found)


def is_balanced(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def test_whatever_a_title_says_the_braces_balance() -> None:
    assert is_balanced(to_bibtex([HOSTILE]))
    assert all(is_balanced(value) for value in fields().values())


def test_what_means_something_to_tex_is_escaped() -> None:
    assert fields()["title"].startswith(
        r"50\% of \{braces\} \& \$1 \textbackslash{} \_under\_ \#3 \textasciitilde{}"
    )


def test_names_are_parted_only_where_a_new_one_begins() -> None:
    assert fields()["author"] == (
        "{O’Neil and Sons}, Ada and {Ministry of Defence, Poland} and van der Berg, Jr., Jan"
    )


def test_an_address_is_not_escaped_but_keeps_no_brace() -> None:
    assert fields()["url"] == "https://example.org/a_b%20c?x=%7B1%7D&y=2#z"


def test_a_newspaper_says_that_it_is_one() -> None:
    assert to_bibtex([HOSTILE]).startswith("@article{")
    assert fields()["entrysubtype"] == "newspaper"
    assert fields()["journaltitle"] == r"Capital \& Ledger"


def test_dates_say_how_well_they_are_known() -> None:
    assert fields()["date"] == "2024-10~"
    assert fields()["urldate"] == "2024-11-18"
    assert fields()["pages"] == "3--5"


def test_a_date_known_in_words_alone_stays_in_words() -> None:
    item = {"id": "a", "type": "book", "issued": {"literal": "before 50% of it"}}

    assert r"year = {before 50\% of it}" in to_bibtex([item])


@pytest.mark.parametrize(
    ("citekey", "key"),
    [
        ("plain2024", "plain2024"),
        ("o'neil2024{a}", "o-neil2024-a"),
        ("a,b%c", "a-b-c"),
        ("київ2024", "київ2024"),
    ],
)
def test_a_key_holds_nothing_that_ends_it(citekey: str, key: str) -> None:
    assert to_bibtex([{"id": citekey, "type": "book"}]).startswith(f"@book{{{key},")


def test_keys_that_come_to_be_the_same_are_told_apart() -> None:
    text = to_bibtex([{"id": "a#b", "type": "book"}, {"id": "a~b", "type": "book"}])

    assert re.findall(r"@book\{(.*),", text) == ["a-b", "a-b-2"]
