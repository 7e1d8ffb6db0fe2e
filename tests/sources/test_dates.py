"""Dates as well as they are known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import PartialDate


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (PartialDate(2024, 11, 17), "17 November 2024"),
        (PartialDate(2024, 11), "November 2024"),
        (PartialDate(2024), "2024"),
        (PartialDate(2024, is_circa=True), "about 2024"),
        (PartialDate(-43), "44 BC"),
        (PartialDate(2024, 10, words="early October 2024"), "early October 2024"),
        (PartialDate(), ""),
    ],
)
def test_readers_see_as_much_as_is_known(date: PartialDate, text: str) -> None:
    assert date.text() == text


@pytest.mark.parametrize(
    ("csl", "date"),
    [
        ({"date-parts": [[2024, 11, 17]]}, PartialDate(2024, 11, 17)),
        ({"date-parts": [["2024", "11"]]}, PartialDate(2024, 11)),
        ({"date-parts": [[2024]], "circa": True}, PartialDate(2024, is_circa=True)),
        ({"date-parts": [[2023, 2, 29]]}, PartialDate(2023, 2)),
        ({"date-parts": [[2023, 13, 1]]}, PartialDate(2023)),
        ({"date-parts": [[2023, 0]]}, PartialDate(2023)),
        ({"date-parts": [[2024, 10, 1], [2024, 10, 3]]},
         PartialDate(2024, 10, 1, words="1 October 2024 to 3 October 2024")),
        ({"date-parts": [[2024]], "season": 3}, PartialDate(2024, words="autumn 2024")),
        ({"literal": "early October"}, PartialDate(words="early October")),
        ({"raw": "2024-11-17"}, PartialDate(2024, 11, 17)),
        ("2024-11-17T10:00:00Z", PartialDate(2024, 11, 17)),
        ("2024-11~", PartialDate(2024, 11, is_circa=True)),
        ("one Sunday", PartialDate(words="one Sunday")),
        ({"date-parts": [[]]}, PartialDate()),
        ({"date-parts": "x"}, PartialDate()),
        (None, PartialDate()),
    ],
)  # fmt: skip
def test_csl_dates_come_in_whatever_their_form(csl: object, date: PartialDate) -> None:
    assert PartialDate.from_csl(csl) == date


def test_a_season_or_raw_date_in_words_stays_in_words() -> None:
    assert PartialDate.from_csl({"raw": "about Easter"}) == PartialDate(words="about Easter")


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["date-parts", "season", "circa", "literal", "raw"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_no_date_breaks_the_import_and_what_came_in_is_possible(value: object) -> None:
    date = PartialDate.from_csl(value)
    assert date.problem() is None
    assert PartialDate.from_csl(date.csl()) == date


@pytest.mark.parametrize(
    ("date", "part"),
    [
        (PartialDate(month=3), "month"),
        (PartialDate(2024, day=3), "day"),
        (PartialDate(2024, 13), "month"),
        (PartialDate(2023, 2, 29), "day"),
    ],
)
def test_an_impossible_date_is_named_by_its_part(date: PartialDate, part: str) -> None:
    problem = date.problem()
    assert problem is not None
    assert problem[0] == part
