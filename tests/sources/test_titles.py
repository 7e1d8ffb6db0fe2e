"""What a page is called of which only a link is known."""

import pytest

from sources.titles import MAX_LENGTH, title_for_link

URL = "https://www.example.org/2024/11/us-lifts-limit.html"


@pytest.mark.parametrize(
    "words", ["here", "Read  more", "this report", "https://example.org/x", "www.example.org", "…"]
)
def test_words_that_name_nothing_give_way_to_the_address(words: str) -> None:
    assert title_for_link(words, URL) == "Us lifts limit"


def test_a_single_verb_names_nothing() -> None:
    assert title_for_link("announced", URL) == "Us lifts limit"


@pytest.mark.parametrize("words", ["GitHub", "the limit on missiles", "Звіт розвідки"])
def test_words_that_say_something_are_the_title(words: str) -> None:
    assert title_for_link(words, URL) == words


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://www.example.org/", "example.org"),
        ("https://example.org/2024/11/", "example.org"),
        ("https://example.org/%D0%B7%D0%B2%D1%96%D1%82_2024", "Звіт 2024"),
        ("https://example.org/a%00b%0Acd", "Abcd"),
        ("https://[broken", "https://[broken"),
        ("", "Untitled"),
    ],
)
def test_an_address_says_what_it_can(url: str, title: str) -> None:
    assert title_for_link("here", url) == title


def test_a_title_is_one_line_that_fits() -> None:
    title = title_for_link("two\n words " * 200, URL)
    assert len(title) == MAX_LENGTH
    assert title.startswith("two words two words")
