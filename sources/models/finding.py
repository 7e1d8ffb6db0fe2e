"""By which words a source, an outlet or a claim is found: kept beside them by each save."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from publication.words import line

# Between the words of its name and the rest.
BAR = "|"


class FoundBy(models.TextField):
    """The words of a row, folded (publication.words), each between spaces, the name's first."""

    def __init__(self, **options: object) -> None:
        super().__init__(**({"default": "", "editable": False} | options))  # type: ignore[arg-type]


def found_by(name: Iterable[str], rest: Iterable[str] = ()) -> str:
    return f"{line(' '.join(name))}{BAR}{line(' '.join(rest))}"


@FoundBy.register_lookup
class HasWords(models.Lookup):
    """`found_by__has=[…]`: every one of the words is among them; one that ends in * goes on.

    By an index of words, of sources alone (migration 0006), which the database keeps itself.
    """

    lookup_name = "has"

    def get_prep_lookup(self) -> list[str]:
        return list(self.rhs)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        alias = connection.ops.quote_name(self.lhs.alias)
        sql = f"{alias}.id IN (SELECT rowid FROM sources_word WHERE sources_word MATCH %s)"  # noqa: S608
        return sql, [" ".join(map(_matching, self.rhs))]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        words = f"array_to_tsvector(array_remove(string_to_array({column}, ' '), ''))"
        return f"{words} @@ %s::tsquery", [*params, " & ".join(map(_lexeme, self.rhs))]


def _matching(word: str) -> str:
    """As SQLite's FTS5 wants it."""
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _lexeme(word: str) -> str:
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"
