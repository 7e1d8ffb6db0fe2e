"""Two processes with nothing between them but the database; and a test of this test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from publication.generation import keys
from publication.generation.keys import Key, Watcher
from publication.generation.tables import Unwatch, Watch
from publication.generation.terms import visible_tables
from tests.blog.exactness.run import BEGINNING, SEED, begun, part, told
from tests.blog.exactness.serving import Flavour
from tests.conftest import Tells

pytestmark = pytest.mark.django_db(transaction=True)
# Edits, and minutes.
SOON, LONG = 60, 60


def test_what_each_process_keeps_is_always_what_the_site_would_say(
    tells: Tells,
) -> None:
    """The texts that each has rendered are kept, too."""
    with begun(Flavour(), f"{SEED} alone") as run:
        counts = run.go(part(1))
    tells(told(run, counts))
    assert counts["memory"] > counts.total() / 50


def test_a_cache_that_never_forgets_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watcher, "key", lambda watcher: Key(1, BEGINNING))
    with begun(Flavour(), "forgetting") as run, pytest.raises(AssertionError, match="this process"):
        run.go(SOON, minutes=LONG)


@pytest.mark.parametrize("name", ["topic", "outlet", "origin"])
def test_a_table_that_nobody_watches_is_found_out(name: str) -> None:
    with (
        unwatched(f"_{name}"),
        begun(Flavour(), "unwatched", kinds=[name]) as run,
        pytest.raises(AssertionError, match=f"after edit .*{name}"),
    ):
        run.go(SOON, minutes=LONG)


def test_a_moment_that_nobody_waits_for_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [
        replace(table, moments=()) if table.name == "blog_correction" else table
        for table in visible_tables()
    ]
    monkeypatch.setattr(keys, "visible_tables", lambda: tables)
    with (
        begun(Flavour(), "waiting", kinds=["announce_later", "job"]) as run,
        pytest.raises(AssertionError, match="this process"),
    ):
        run.go(SOON, minutes=LONG)


@contextmanager
def unwatched(ending: str) -> Iterator[None]:
    tables = [table for table in visible_tables() if table.name.endswith(ending)]
    _run(Unwatch(tables))
    try:
        yield
    finally:
        _run(Watch(tables))


def _run(operation: Watch) -> None:
    state = ProjectState()
    with connection.schema_editor() as editor:
        operation.database_forwards("blog", editor, state, state)
