"""Numbers as prose has them."""

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0"), (1, "one"), (9, "nine"), (10, "10"), (999, "999"), (1300, "1,300"), (None, "")],
)
def test_small_numbers_are_words_and_large_ones_are_grouped(
    number: int | None, expected: str
) -> None:
    assert Template("{{ number|in_words }}").render(Context({"number": number})) == expected


def test_a_number_that_is_not_there_is_nothing() -> None:
    assert Template("{{ number|in_words }}").render(Context()) == ""
