"""The table tells each figure with its floor, its target and the run before."""

import pytest

from bench.history import keep, last_run
from bench.measuring import Figure, growth, least, most
from bench.table import COLUMNS, conditions, heading, table


def cells(figure: Figure, before: float | None = None) -> list[str]:
    [*_, line] = table([figure], {} if before is None else {("a post", 500): before}).splitlines()
    return line.split()


def test_a_figure_that_meets_its_target_says_so() -> None:
    figure = Figure("a post", 500, 9512.4, 1.256, "requests", least(1))
    assert cells(figure) == ["a", "post", "500", "9,512", "requests", "1.26", "≥", "1", "yes"]


def test_one_that_does_not_is_seen_at_once() -> None:
    assert cells(Figure("a post", 500, 9512.4, 0.9, "requests", least(1)))[-1] == "NO"


def test_without_a_floor_the_value_is_held_to_the_target() -> None:
    figure = Figure("memory", 500, 98.76, unit="MB", target=most(120))
    assert cells(figure)[2:] == ["98.8", "MB", "≤", "120", "yes"]


def test_the_last_run_stands_beside_it() -> None:
    assert cells(Figure("a post", 500, 9512.4, 1.2, "requests"), before=1.1)[-1] == "1.1"


def test_every_line_fits_its_columns() -> None:
    figure = Figure("the longest of all that is measured here, with all of it", 50_000, 1.0)
    head, rule, _ = table([figure], {}).splitlines()
    assert len(head) == len(rule) == len(COLUMNS)


@pytest.mark.django_db
def test_the_conditions_name_what_was_measured_with_what() -> None:
    told = heading(conditions("demo"))
    for what in ("cores", "Python", "Django", "granian", "nginx", "commit", "posts made of demo"):
        assert what in told


def test_the_largest_archive_is_held_to_the_smallest() -> None:
    """By what one costs: twenty a second instead of thirty is half as much again."""
    figures = [
        Figure("page: day", 500, 30.0),
        Figure("page: day", 50_000, 20.0),
        Figure("saving a post", 500, 30.0),
        Figure("saving a post", 50_000, 20.0),
        Figure("memory", 500, 1.0, unit="MB"),
        Figure("memory", 50_000, 9.0, unit="MB"),
    ]
    day, saving = growth(figures)
    assert (day.what, day.posts, day.value) == ("page: day, against 500", 50_000, 1.5)
    assert (day.is_met, saving.is_met) == (False, True)


def test_a_machine_that_became_slower_in_between_is_no_growth() -> None:
    """Twice as slow, and so is the floor that was measured beside it."""
    figures = [Figure("page: day", 500, 30.0, 0.1), Figure("page: day", 50_000, 15.0, 0.1)]
    assert [one.value for one in growth(figures)] == [1.0]


def test_one_size_alone_tells_nothing_of_growth() -> None:
    assert growth([Figure("page: day", 500, 30.0)]) == []


def test_only_runs_under_the_same_conditions_are_compared(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path_factory.mktemp("bench") / "kept/history.jsonl"
    monkeypatch.setattr("bench.history.HISTORY", file)
    assert last_run("here") == {}
    keep([Figure("a post", 500, 10.0, 1.5), Figure("import", 500, 7.0)], "here")
    keep([Figure("a post", 500, 20.0, 2.5)], "here")
    keep([Figure("a post", 500, 99.0)], "elsewhere")
    assert last_run("here") == {("a post", 500): 2.5, ("import", 500): 7.0}
