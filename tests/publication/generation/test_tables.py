"""A migration that makes a table anew stops watching before and watches again afterwards."""

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from publication.generation.tables import Unwatch, Watch
from publication.generation.terms import Table
from publication.models import Generation, Publication
from publication.visible import VISIBLE
from tests.factories import make_publication

pytestmark = pytest.mark.django_db(transaction=True)
STATE = ProjectState()


def run(operation: Watch) -> None:
    with connection.schema_editor() as editor:
        operation.database_forwards("publication", editor, STATE, STATE)


def rename() -> bool:
    """Whether a new name of the publication was seen."""
    before = Generation.objects.values_list("number", flat=True).first()
    Publication.objects.update(name=f"{before}")
    return Generation.objects.values_list("number", flat=True).first() != before


def test_a_table_can_be_left_alone_and_watched_again() -> None:
    make_publication()
    run(Unwatch(VISIBLE))
    assert not rename()
    run(Watch(VISIBLE))
    run(Watch(VISIBLE))
    assert rename()


def test_tables_that_are_not_there_yet_are_passed_over() -> None:
    run(Watch([Table("publication_nothing"), *VISIBLE]))
    make_publication()
    assert rename()


def test_going_back_is_leaving_alone() -> None:
    make_publication()
    with connection.schema_editor() as editor:
        Watch(VISIBLE).database_backwards("publication", editor, STATE, STATE)
    assert not rename()
    run(Watch(VISIBLE))


@pytest.mark.parametrize(
    ("table", "condition"),
    [
        (Table("a"), "1 = 1"),
        (Table("a", given="b"), "NEW.b IS NOT NULL"),
        (
            Table("a", given="b", of="c", by="c_id"),
            "EXISTS (SELECT 1 FROM c AS owner WHERE owner.id = NEW.c_id AND owner.b IS NOT NULL)",
        ),
    ],
    ids=["always", "given", "of another"],
)
def test_the_condition_under_which_readers_see_a_row(table: Table, condition: str) -> None:
    assert table.condition("NEW") == condition
