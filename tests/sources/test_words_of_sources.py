"""Sources are found by an index of their words, which the database keeps equal to what they say."""

import pytest
from django.db import connection

from sources.models import Source
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def found(*words: str) -> set[str]:
    rows = Source.objects.filter(found_by__has=list(words))
    return set(rows.values_list("citekey", flat=True))


@pytest.fixture
def source() -> Source:
    return make_source("grid", title="Удари по енергосистемі: the grid’s 200 missiles")


@pytest.mark.parametrize(
    "words",
    [["grid"], ["удари"], ["200"], ["missiles"], ["miss*"], ["енергос*"], ["grid", "missil*"]],
)
def test_it_is_found_by_its_words_and_how_they_begin(words: list[str], source: Source) -> None:
    assert found(*words) == {"grid"}


@pytest.mark.parametrize("words", [["missile"], ["rid"], ["rid*"], ["grid", "nowhere"]])
def test_it_is_not_found_by_parts_of_words_nor_by_one_word_of_two(
    words: list[str], source: Source
) -> None:
    assert found(*words) == set()


def test_what_was_renamed_is_found_by_its_new_words_alone(source: Source) -> None:
    source.title = "Power"
    source.save()
    assert (found("power"), found("missiles")) == ({"grid"}, set())

    Source.objects.update(found_by=" light |  ")
    assert (found("light"), found("power")) == ({"grid"}, set())


def test_sources_made_in_lots_are_found_and_deleted_ones_are_not() -> None:
    Source.objects.bulk_create(Source(citekey=key, found_by=" lots |  ") for key in ("one", "two"))
    assert found("lots") == {"one", "two"}

    Source.objects.filter(citekey="one").delete()
    assert found("lots") == {"two"}


def test_no_other_source_is_read_for_it(source: Source) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("of so few rows PostgreSQL rather reads all")
    plan = Source.objects.filter(found_by__has=["grid"]).explain()
    assert "SCAN sources_source" not in plan
