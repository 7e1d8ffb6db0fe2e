"""Lines, rulings and origins for tests of the ledger, by short names."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sources.ledger import Line, Origin, Ruling, Stance, Standing, Verdict, standing

FIRST = date(2024, 10, 1)
LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
_keys = count(1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number - 1)


def moment(number: int, hour: int = 12) -> datetime:
    return datetime(2024, 10, 1, hour, tzinfo=UTC) + timedelta(days=number - 1)


def named(name: str) -> Origin:
    return Origin(name, name)


def unnamed(name: str, body: str | None = None, told_apart_at: datetime | None = None) -> Origin:
    return Origin(name, name, is_named=False, body=body, told_apart_at=told_apart_at)


def line(origin: Origin | str, stance: str, said: int, **fields: Any) -> Line:
    """A report said on one day and recorded at noon of it, unless told otherwise."""
    given: dict[str, Any] = {
        "said_from": day(said),
        "said_to": day(said),
        "recorded_at": moment(said),
    }
    whose = named(origin) if isinstance(origin, str) else origin
    return Line(next(_keys), whose, Stance(stance), **(given | fields))


def ruling(what: str, on: int, **fields: Any) -> Ruling:
    given: dict[str, Any] = {"recorded_at": moment(on), "reason": "It was shown."}
    return Ruling(next(_keys), Standing(what), day(on), **(given | fields))


def on(number: int, *lines: Line, rulings: tuple[Ruling, ...] = ()) -> Verdict:
    """The standing on a day, by all that was ever recorded."""
    return standing(lines, rulings, day(number), LONG_AFTER)
