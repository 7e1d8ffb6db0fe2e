"""The one table, under the conditions of its run and beside the run before."""

import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

from django.db import connection

from bench.measuring import Figure

ROOT = Path(__file__).resolve().parents[1]
MARKS = {True: "yes", False: "NO", None: ""}
COLUMNS = (
    f"{'':52}{'posts':>7}{'value':>12}  {'unit':20}{'to floor':>9}{'target':>9}{'met':>5}"
    f"{'before':>9}"
)


def conditions(folder: str) -> str:
    """What must be the same for two runs to be compared."""
    return (
        f"{cpu_count()} cores, Python {platform.python_version()}, {database()}, "
        f"Django {version('django')}, granian {version('granian')}, {told_by('nginx', '-v')}, "
        f"{told_by('wrk', '-v')}; production settings, loopback, 8 connections; "
        f"posts made of {folder}"
    )


def heading(conditions: str) -> str:
    now = datetime.now(UTC).isoformat(timespec="minutes")
    return f"{now}, commit {told_by('git', 'rev-parse', '--short', 'HEAD')}\n{conditions}"


def table(figures: Sequence[Figure], before: Mapping[tuple[str, int], float]) -> str:
    """`before` is what the last run under the same conditions found, by figure and posts."""
    lines = [_line(one, before.get((one.what, one.posts))) for one in figures]
    return "\n".join([COLUMNS, "-" * len(COLUMNS), *lines])


def _line(one: Figure, before: float | None) -> str:
    ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
    target = str(one.target or "")
    return (
        f"{one.what:52}{one.posts or '':>7}{_number(one.value):>12}  {one.unit:20}{ratio:>9}"
        f"{target:>9}{MARKS[one.is_met]:>5}{'' if before is None else _number(before):>9}"
    ).rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def database() -> str:
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        cursor.execute(f"SELECT {'sqlite_version()' if is_sqlite else 'version()'}")
        [told] = cursor.fetchone()
    return f"SQLite {told}" if is_sqlite else " ".join(told.split()[:2])


def told_by(program: str, *arguments: str) -> str:
    """Name and version as a program tells them; "no nginx" where it is not installed."""
    path = {"nginx": "/usr/sbin/nginx"}.get(program, program)
    try:
        done = subprocess.run(
            [path, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return f"no {program}"
    told = (done.stdout or done.stderr).strip()
    found = re.search(rf"{program}/(\S+)|{program} ([\w/]*\d\S+)", told)
    return f"{program} {found[1] or found[2]}" if found else told.splitlines()[0]
