"""Authors' names, typed as lines and kept as CSL's objects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.names import (
    Name,
    clean_names,
    full_name,
    line_from_name,
    lines_from_names,
    name_problem,
    names_from_lines,
)

LINES: list[tuple[str, Name]] = [
    ("Doe, Jane", {"family": "Doe", "given": "Jane"}),
    ("King, Martin Luther, Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
    ("Federal Wire", {"literal": "Federal Wire"}),
    ("{Ministry of Defence, Poland}", {"literal": "Ministry of Defence, Poland"}),
    ("Плохій, Сергій", {"family": "Плохій", "given": "Сергій"}),
    ("Plato,", {"family": "Plato"}),
]


@pytest.mark.parametrize(("line", "name"), LINES)
def test_a_line_is_a_name_and_a_name_is_a_line(line: str, name: Name) -> None:
    assert names_from_lines(line) == [name]
    assert line_from_name(name) == line


def test_empty_lines_are_nobody() -> None:
    assert names_from_lines("\n  \nDoe,  Jane \r\n,\n{}\n") == [{"family": "Doe", "given": "Jane"}]


def test_finer_parts_of_a_known_name_survive_an_unchanged_line() -> None:
    known = [{"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"}]
    assert names_from_lines(lines_from_names(known) + "\nDoe, Jane", known)[0] == known[0]


@given(st.lists(st.text()))
def test_lines_typed_once_stay_as_they_are(lines: list[str]) -> None:
    names = names_from_lines("\n".join(lines))
    assert names_from_lines(lines_from_names(names)) == names


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ({"family": "Doe", "given": "Jane"}, "Jane Doe"),
        (
            {"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"},
            "Vincent van Gogh",
        ),
        (
            {"family": "King", "given": "M. L.", "suffix": "Jr.", "comma-suffix": True},
            "M. L. King, Jr.",
        ),
        ({"family": "Pius", "suffix": "XII"}, "Pius XII"),
        ({"literal": "Federal Wire"}, "Federal Wire"),
        ({"given": "Madonna"}, "Madonna"),
    ],
)
def test_a_name_is_said_with_the_given_name_first(name: Name, said: str) -> None:
    assert full_name(name) == said


def test_only_what_csl_knows_of_a_name_is_kept() -> None:
    given = [
        {"family": "Doe", "given": 3, "onclick": "x", "suffix": ""},
        "Wire",
        7,
        {},
        {"suffix": "x"},
    ]
    assert clean_names(given) == [{"family": "Doe"}, {"literal": "Wire"}]
    assert clean_names("Doe") == []


@pytest.mark.parametrize("value", ["Doe", ["Doe"], [{"name": "Doe"}], [{"family": ["Doe"]}], {}])
def test_other_shapes_are_named_as_problems(value: object) -> None:
    assert name_problem(value)


def test_good_names_are_no_problem() -> None:
    assert name_problem([name for _, name in LINES]) is None
