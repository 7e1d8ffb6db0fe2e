"""How SQLite raises the number: a trigger for each way to change a row."""

from collections.abc import Iterator

from publication.generation.terms import Table

NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
# Two plain statements and no "ON CONFLICT": within a trigger, that of the statement that set
# it off would count instead.
RAISE = f"""
    INSERT INTO publication_generation (id, number)
        SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM publication_generation);
    UPDATE publication_generation SET number = max(number + 1, {NOW});
"""  # noqa: S608 - names of our own
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def beginnings() -> Iterator[str]:
    """What is needed once, before any table is watched."""
    yield from ()


def watched(table: Table) -> Iterator[str]:
    for act, rows in ROWS.items():
        condition = " OR ".join(table.condition(row) for row in rows)
        yield (
            f"CREATE TRIGGER {_name(table, act)} AFTER {act} ON {table.name}"
            f" WHEN {condition} BEGIN {RAISE} END"
        )


def unwatched(table: Table) -> Iterator[str]:
    for act in ROWS:
        yield f"DROP TRIGGER IF EXISTS {_name(table, act)}"


def _name(table: Table, act: str) -> str:
    return f"{table.name}_seen_{act.lower()}"
