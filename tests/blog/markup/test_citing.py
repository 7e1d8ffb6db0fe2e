"""Corners of the citation's grammar that language.md does not need to show."""

import pytest

from blog.markup.citations import read_items
from blog.markup.locators import split_locator


@pytest.mark.parametrize(
    ("rest", "label", "value", "suffix"),
    [
        (", p. 3", "page", "3", ""),
        (" p 3", "page", "3", ""),
        (", pp. 3, 5 & 7", "page", "3, 5 & 7", ""),
        (", 3–5", "page", "3–5", ""),
        (", 3, p. 5", "page", "3, p. 5", ""),
        (", p. 12, see there", "page", "12", ", see there"),
        (", §§ 3-4", "section", "3-4", ""),
        (", No. 5", "issue", "5", ""),
        (", vol. XII", "volume", "XII", ""),
        ("{v}", "page", "v", ""),
        ("{p. 3} there", "page", "3", "there"),
        ("{ }, 3", "", "", ", 3"),
        (", lıne 3", "page", "3", ""),
        (", pagan 3", "", "", ", pagan 3"),
        (", n.d.", "", "", ", n.d."),
        (".", "", "", ""),
    ],
)
def test_a_locator_is_told_from_a_suffix(rest: str, label: str, value: str, suffix: str) -> None:
    locator, left = split_locator(rest)
    assert (locator.label, locator.value, left) == (label, value, suffix)


def test_a_number_alone_is_shown_as_a_page() -> None:
    assert split_locator(", 33")[0].shown == "p. 33"
    assert split_locator(", 33-35")[0].shown == "pp. 33-35"
    assert split_locator("{ii}")[0].shown == "p. ii"


@pytest.mark.parametrize("inside", ["", "a", "@", "@a;", "; @a", "x@a", "@a; b", "@-a"])
def test_a_bracket_without_a_key_in_each_part_cites_nothing(inside: str) -> None:
    assert read_items(inside) is None


def test_braces_that_do_not_close_are_text() -> None:
    items = read_items("@a {b; @c")
    assert items is not None
    assert [item.key for item in items] == ["a", "c"]
