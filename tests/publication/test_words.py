"""Words as they are compared: the same for a text and for what is looked for in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.words import LETTERS, folded, spans, stems, whole_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Łódź, Kraków", ["lodz", "krakow"]),
        ("Ще раз: Київ і ёлка", ["ще", "раз", "киів", "і", "елка"]),
        ("Straße, Ærø, Đurić", ["strasse", "aero", "duric"]),
        ("the people's l’école об'єкт", ["the", "people", "ecole", "обєкт"]),
        ("Cafe\u0301 Café", ["cafe", "cafe"]),
        ("10,000 soldiers; F-16", ["10", "000", "soldiers", "f", "16"]),
        ("東京都", ["東京", "京都"]),
        ("… — !", []),
    ],
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert whole_words(text) == words


def test_inflected_words_meet() -> None:
    assert stems("missile ракетами") == stems("missiles ракетами")
    assert stems("corroborated") == stems("corroboration")


@given(st.text())
def test_a_text_and_the_same_text_in_capitals_have_the_same_words(text: str) -> None:
    assert stems(folded(text)) == [word[:LETTERS] for word in whole_words(folded(text))]


@given(st.text(alphabet="abzABZ019 '’ʼ“”‘–—…•\xa0.,;_-"))
def test_plain_text_is_read_fast_with_the_same_result(text: str) -> None:
    assert whole_words(text) == [word for word, _, _ in spans(text)]


@given(st.text())
def test_every_word_has_its_place_in_the_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for _, start, end in spans(text))
