"""Queries of one shape, whose SQL is made once in a process.

Django makes the SQL of a queryset anew each time, which takes ten times as long as SQLite takes to
answer it: that was most of what a post's page cost. Here it is made once, with blanks for what is
given, and only those are filled in from then on; rows become what they always become.

The libraries for that (django-prepared-queries, django-prepared-query, django-query-preparer) have
not been kept since 2020, and put classes of their own in the place of Django's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Given = ParamSpec("Given")
Row = TypeVar("Row")
Twin = TypeVar("Twin")


def compiled(build: Callable[Given, QuerySet[Any, Row]]) -> Callable[Given, list[Row]]:
    """Ask for the rows of the queryset that a function returns; it is called once.

    It takes ids, texts and moments, or tuples of them with something in them, by their order. It
    hands them to the queryset without a look at them, and depends on nothing else.
    """
    known: dict[tuple[int | None, ...], Compiled] = {}

    @wraps(build)
    def rows(*given: Given.args, **named: Given.kwargs) -> list[Row]:
        shape = tuple(_room(one) if isinstance(one, tuple) else None for one in given)
        if shape not in known:
            blanks = map(Blank, range(len(given)), shape)
            known[shape] = Compiled(build(*blanks, **named))  # type: ignore[arg-type]
        return known[shape].rows(given)

    return rows


def _room(values: tuple[Any, ...]) -> int:
    """For so many values or a few more, so that few texts do for lists of all lengths."""
    return int(1 << (len(values) - 1).bit_length())


@dataclass(frozen=True)
class Place:
    """Among the parameters of the SQL, where a value belongs: which argument, and which of it."""

    argument: int
    number: int | None

    def of(self, given: tuple[Any, ...], connection: BaseDatabaseWrapper) -> Any:
        value = given[self.argument]
        if self.number is not None:
            # What is left of the room has the last value once more.
            value = value[min(self.number, len(value) - 1)]
        if isinstance(value, datetime):
            return connection.ops.adapt_datetimefield_value(value)
        return value


class Blank(Expression):
    """Stands for an argument while the SQL is made; with a length, for all that may be "in"."""

    def __init__(self, argument: int, length: int | None) -> None:
        super().__init__()
        self.argument, self.length = argument, length

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        if self.length is None:
            return "%s", [Place(self.argument, None)]
        marks = ", ".join(["%s"] * self.length)
        return f"({marks})", [Place(self.argument, number) for number in range(self.length)]


@dataclass
class Compiled:
    """A queryset with its SQL. Its parameters have names: so SQLite's wrapper reads no SQL."""

    queryset: QuerySet[Any, Any]
    compiler: SQLCompiler = field(init=False)
    sql: str = field(init=False)
    places: dict[str, Place] = field(init=False)
    constants: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.compiler = self.queryset.query.get_compiler(using=self.queryset.db)
        sql, params = self.compiler.as_sql()
        names = {f"p{number}": param for number, param in enumerate(params)}
        self.sql = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in names)
        self.places = {name: one for name, one in names.items() if isinstance(one, Place)}
        self.constants = {name: one for name, one in names.items() if name not in self.places}
        columns = [column[0] for column in self.compiler.select]
        converters = self.compiler.get_converters(columns)
        vars(self.compiler)["get_converters"] = lambda columns: converters

    def rows(self, given: tuple[Any, ...]) -> list[Any]:
        connection = connections[self.queryset.db]
        values = {name: place.of(given, connection) for name, place in self.places.items()}
        statement = self.sql, self.constants | values
        compiler = _twin(self.compiler, connection=connection, as_sql=lambda: statement)
        query = _twin(self.queryset.query, get_compiler=lambda using: compiler)
        return list(_twin(self.queryset, _query=query))


def _twin(one: Twin, **changed: Any) -> Twin:
    """With the same attributes but for these. What it is made of is shared, and not to be changed.

    A queryset's own `all()` copies the query with all that it is made of, which nobody here needs.
    """
    twin = object.__new__(type(one))
    vars(twin).update(vars(one) | changed)
    return twin


def prefetched(row: Model, **found: list[Any]) -> None:
    """Keep rows that belong to this one where Django looks for what was prefetched."""
    for name, rows in found.items():
        queryset = getattr(row, name).all()
        vars(queryset).update(_result_cache=rows, _prefetch_done=True)
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = queryset
