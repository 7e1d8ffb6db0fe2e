"""An index of the words by which sources are found (`found_by__has`).

On SQLite a table of FTS5 beside that of sources, kept equal to it by triggers. A migration that
makes the table of sources anew drops them, and has to run `MAKE` again.
"""

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Words stand between spaces, folded already: of the tokenizer nothing is wanted but to part them.
TAKE = "INSERT INTO sources_word (rowid, found_by) VALUES (NEW.id, NEW.found_by);"
DROP = "INSERT INTO sources_word (sources_word, rowid, found_by) VALUES ('delete', OLD.id, OLD.found_by);"
MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS sources_word USING fts5(found_by, content='sources_source',"
        " content_rowid='id', tokenize='ascii', detail='none')",
        f"CREATE TRIGGER sources_word_insert AFTER INSERT ON sources_source BEGIN {TAKE} END",
        f"CREATE TRIGGER sources_word_delete AFTER DELETE ON sources_source BEGIN {DROP} END",
        "CREATE TRIGGER sources_word_update AFTER UPDATE OF id, found_by ON sources_source"
        f" BEGIN {DROP} {TAKE} END",
        "INSERT INTO sources_word (sources_word) VALUES ('rebuild')",
    ),
    "postgresql": (
        "CREATE INDEX sources_word ON sources_source USING gin"
        " (array_to_tsvector(array_remove(string_to_array(found_by, ' '), '')))",
    ),
}
UNMAKE = {
    "sqlite": (
        "DROP TRIGGER sources_word_insert",
        "DROP TRIGGER sources_word_delete",
        "DROP TRIGGER sources_word_update",
        "DROP TABLE sources_word",
    ),
    "postgresql": ("DROP INDEX sources_word",),
}


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unmake(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("sources", "0005_sources_by_when_they_were_made")]

    operations: ClassVar = [migrations.RunPython(make, unmake, elidable=False)]
