"""The migrations that have the database watch what readers can see.

Triggers, not signals: what `update()`, `bulk_create()` or SQL by hand writes counts as well.
A room lists its tables in its `visible.py`, and its migrations `Watch` them.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from publication.generation import postgresql, sqlite
from publication.generation.terms import Table

DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


class Watch(Operation):
    """Make the triggers of those tables that exist, anew where they are there.

    SQLite drops the triggers of a table that a migration makes anew, as for most changes of a
    field, and refuses to where the trigger of another table reads that one. Such a migration
    begins with `Unwatch(VISIBLE)` and ends with `Watch(VISIBLE)`.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(schema_editor, _watching(schema_editor, self.tables))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        _run(schema_editor, _unwatching(schema_editor, self.tables))

    def describe(self) -> str:
        return "Raise the generation when rows change that readers see"


class Unwatch(Watch):
    """Take the triggers away."""

    database_forwards, database_backwards = Watch.database_backwards, Watch.database_forwards

    def describe(self) -> str:
        return "Let changes pass unseen for the rest of this migration"


def _watching(editor: BaseDatabaseSchemaEditor, tables: Sequence[Table]) -> Iterator[str]:
    dialect = DIALECTS[editor.connection.vendor]
    yield from _unwatching(editor, tables)
    yield from dialect.beginnings()
    for table in _present(editor, tables):
        yield from dialect.watched(table)


def _unwatching(editor: BaseDatabaseSchemaEditor, tables: Sequence[Table]) -> Iterator[str]:
    for table in _present(editor, tables):
        yield from DIALECTS[editor.connection.vendor].unwatched(table)


def _present(editor: BaseDatabaseSchemaEditor, tables: Sequence[Table]) -> list[Table]:
    """Without those that a later migration makes, or an earlier one has not made yet."""
    there = set(editor.connection.introspection.table_names())
    return [table for table in tables if {table.name, table.of or table.name} <= there]


def _run(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        editor.execute(statement, params=None)
