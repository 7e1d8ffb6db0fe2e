"""How keys are made: readable, and plain keys of Pandoc whatever they are made of."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.citekeys import MAX_LENGTH, candidates, citekey_base, is_citekey


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"family": "Doe", "title": "The limits of a leak", "year": 2024}, "doeLimitsLeak2024"),
        ({"family": "van Gogh", "title": "Letters", "year": 1888}, "vangoghLetters1888"),
        ({"family": "Łukasz", "title": "Zażółć gęślą jaźń dziś"}, "lukaszZazolcGeslaJazn"),
        (
            {"family": "Зеленський", "title": "Щодо ракет", "year": 2024},
            "zelenskyiShchodoRaket2024",
        ),
        ({"outlet": "capital-ledger", "title": "US lifts a limit"}, "capitalledgerUSLiftsLimit"),
        ({"family": "Doe", "outlet": "capital-ledger", "title": ""}, "doe"),
        ({"title": "To be or to"}, "ToBeOr"),
        ({"title": "한국의 정보"}, "한국의정보"),
        ({"title": "“?!” —"}, "source"),
        ({"family": "O’Neil", "title": "What's next"}, "oneilWhatsNext"),
        ({"family": "Anon", "year": -44}, "anon44"),
        ({}, "source"),
    ],
)
def test_a_key_says_who_what_and_when(parts: dict[str, object], key: str) -> None:
    assert citekey_base(**parts) == key  # type: ignore[arg-type]


@given(st.text(), st.text(), st.text(), st.none() | st.integers(-9999, 9999))
def test_any_words_make_a_plain_key(family: str, outlet: str, title: str, year: int | None) -> None:
    base = citekey_base(family=family, outlet=outlet, title=title, year=year)
    assert all(map(is_citekey, islice(candidates(base), 30)))


def test_clashes_get_letters_without_end() -> None:
    keys = list(islice(candidates("doe2024"), 800))
    assert keys[:3] == ["doe2024", "doe2024a", "doe2024b"]
    assert keys[26:28] == ["doe2024z", "doe2024aa"]
    assert len(set(keys)) == 800


@pytest.mark.parametrize("key", ["doe99", "Doe:2020-a", "_x", "9lives", "жук2020", "a.b/c"])
def test_plain_keys_are_keys(key: str) -> None:
    assert is_citekey(key)


@pytest.mark.parametrize(
    "key", ["", "a b", "a--b", "a.", "-a", "a]b", "a;b", "http://a", "<b>", "x" * (MAX_LENGTH + 1)]
)
def test_what_pandoc_would_not_read_whole_is_no_key(key: str) -> None:
    assert not is_citekey(key)
