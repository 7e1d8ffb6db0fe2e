"""language.md is the specification: every case in it is run."""

import pytest

from tests.blog.markup.fixture import LANGUAGE, SHOWN, Case, cases

CASES = cases()


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{at}: {case.title}" for at, case in enumerate(CASES)]
)
def test_the_language_is_as_specified(case: Case) -> None:
    assert case.outcome() == case.expected.strip()


def test_the_specification_is_as_large_as_it_should_be() -> None:
    assert len(CASES) >= 150
    assert sum(case.kind == "sentences" for case in CASES) >= 40


def test_no_case_is_left_unread() -> None:
    openings = sum(line.startswith(". ") for line in LANGUAGE.read_text("utf-8").splitlines())
    assert len(CASES) == openings
    assert {case.kind for case in CASES} == SHOWN.keys()
