"""Reading the key, exactly and cheaply: once or twice for every request.

The key is the number of the generation, and the last moment that has come at which something
shows that nobody wrote then: a time of publication, or midnight where the site is. Two processes
that read it at one moment read the same.

SQLite is asked whether anybody has written at all since last time (a few microseconds), and only
then for the number; PostgreSQL for the number. The moments are looked up again when the number
is another, or when the next of them has come.
"""

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from publication.generation.terms import Table, visible_tables

# Not by the models: the server asks before there is an application.
NUMBER = "SELECT number FROM publication_generation"
ZONE = "SELECT time_zone FROM publication_publication"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Key:
    """Of what readers can see. Another moment with the same key shows the same."""

    number: int
    since: datetime

    def __str__(self) -> str:
        """Good as the name of a file."""
        return f"{self.number}-{(self.since - EPOCH) // MICROSECOND}"


@dataclass(frozen=True)
class Known:
    """A key, from and until when it holds if nobody writes, and what SQLite said of writing."""

    key: Key
    read_at: datetime
    until: datetime
    writes: int | None

    def holds_at(self, now: datetime) -> bool:
        return self.read_at <= now < self.until


@dataclass
class Connection:
    """One over which only keys are asked for, and what was known when it was last used."""

    wrapper: BaseDatabaseWrapper
    known: Known | None = None


class Watcher:
    """Tells the key of the moment, over connections of its own: as many as ask at once.

    Those of Django may be in a transaction, which would see what others do not, or not see what
    they do. Safe among threads.
    """

    def __init__(self) -> None:
        self._idle: deque[Connection] = deque()

    def key(self) -> Key:
        """Raises whatever the database does when it does not answer; the next call asks anew."""
        return self.known().key

    def known(self) -> Known:
        """The key, and until when it holds if nobody writes."""
        connection = self._taken()
        try:
            known = _asked(connection.wrapper, connection.known)
        except Exception:
            # Where one is broken, the others are likely to be.
            self.close()
            connection.wrapper.close()
            raise
        connection.known = known
        self._idle.append(connection)
        return known

    def close(self) -> None:
        """The connections over which nobody is asking."""
        while self._idle:
            with suppress(IndexError):
                self._idle.pop().wrapper.close()

    def _taken(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
            wrapper.inc_thread_sharing()
            wrapper.ensure_connection()
            return Connection(wrapper)


def key_over(connection: BaseDatabaseWrapper) -> Key:
    """The key, looked up anew over a connection that is at hand: not within a transaction."""
    connection.ensure_connection()
    return _asked(connection, None).key


def _asked(connection: BaseDatabaseWrapper, before: Known | None) -> Known:
    # Before everything else: what comes later can then only be newer than the answer says.
    writes = _writes(connection)
    now = timezone.now()
    is_current = before is not None and before.holds_at(now)
    if before and is_current and writes is not None and writes == before.writes:
        return before
    number = _number(connection)
    if before and is_current and number == before.key.number:
        return Known(before.key, before.read_at, before.until, writes)
    since, until = _moments(connection, now)
    return Known(Key(number, since), now, until, writes)


def _writes(connection: BaseDatabaseWrapper) -> int | None:
    """What changes when another connection has written; None where that is not told."""
    if connection.vendor != "sqlite":
        return None
    [version] = connection.connection.execute("PRAGMA data_version").fetchone()
    return int(version)


def _number(connection: BaseDatabaseWrapper) -> int:
    row = connection.connection.execute(NUMBER).fetchone()
    return int(row[0]) if row else 0


def _moments(connection: BaseDatabaseWrapper, now: datetime) -> tuple[datetime, datetime]:
    """The last moment that has come, and the next that is to come."""
    today, tomorrow = _midnights(_zone(connection), now)
    columns = [(table, name) for table in visible_tables() for name in table.moments]
    rows = _nearest(connection, columns, now)
    return (
        max([today, *(_moment(before) for before, _ in rows if before)]),
        min([tomorrow, *(_moment(after) for _, after in rows if after)]),
    )


def _nearest(
    connection: BaseDatabaseWrapper, columns: Sequence[tuple[Table, str]], now: datetime
) -> list[tuple[Any, Any]]:
    sql = " UNION ALL ".join(
        f"SELECT (SELECT max({name}) FROM {table.name} WHERE {name} <= %s),"  # noqa: S608
        f" (SELECT min({name}) FROM {table.name} WHERE {name} > %s)"
        for table, name in columns
    )
    with connection.cursor() as cursor:
        value = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(sql, [value, value] * len(columns))
        return list(cursor.fetchall())


def _moment(value: str | datetime) -> datetime:
    """SQLite keeps moments as text, in UTC."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC)


def _zone(connection: BaseDatabaseWrapper) -> ZoneInfo:
    row = connection.connection.execute(ZONE).fetchone()
    return ZoneInfo(row[0] if row else "UTC")


def _midnights(zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    """Between which it is the same day where the site is."""
    today = now.astimezone(zone).date()
    first = [datetime.combine(day, time.min, zone) for day in (today, today + timedelta(days=1))]
    return first[0].astimezone(UTC), first[1].astimezone(UTC)
