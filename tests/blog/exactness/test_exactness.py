"""After every edit, and at every moment that is due, what is kept is what the site would say.

PASSIM_EXACTNESS_EDITS and PASSIM_EXACTNESS_SEED choose how many edits there are, and which.
"""

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from blog.models import Post
from publication.generation.keys import Watcher
from publication.pages.cache import PageCache
from tests.blog.exactness.edits import EDITS
from tests.blog.exactness.other_process import OtherProcess, Said, said
from tests.blog.exactness.site import build, pages, pages_of
from tests.publication.pages.fakes import cache_around

NUMBER = int(os.environ.get("PASSIM_EXACTNESS_EDITS", "100"))
SEED = int(os.environ.get("PASSIM_EXACTNESS_SEED", "1"))
OTHERS = 10
EDITS_BETWEEN_ALL_PAGES = 250
BEGINNING = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)
NO_CACHE = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def cache() -> Iterator[PageCache]:
    watcher = Watcher()
    yield cache_around(WSGIHandler(), watcher, 50_000_000)
    watcher.close()


def of_site(site: WSGIHandler, paths: list[str]) -> list[Said]:
    """What the site says that keeps nothing, not even the texts that it has rendered."""
    with override_settings(CACHES=NO_CACHE):
        return [said(site, path) for path in paths]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_is_always_what_the_site_would_say(
    cache: PageCache, capsys: pytest.CaptureFixture[str]
) -> None:
    dice, made, site = Random(SEED), Counter[str](), WSGIHandler()
    with time_machine.travel(BEGINNING, tick=False) as clock, OtherProcess() as other:
        editor = build()

        def compare(paths: list[str], after: str) -> None:
            now = datetime.now(UTC)
            other.ask(now, paths)
            kept, true = [said(cache, path) for path in paths], of_site(site, paths)
            for path, ours, theirs, its in zip(paths, kept, other.answers(), true, strict=True):
                where = f"{path} at {now} after edit {made.total()}, {after} (seed {SEED})"
                assert ours == its, f"this process: {where}"
                assert theirs == its, f"the other process: {where}"

        for n in range(1, NUMBER + 1):
            clock.move_to(moved(cache.watcher, dice))
            name = dice.choice(list(EDITS))
            about = EDITS[name](dice, editor)
            made[name] += 1
            every = pages()
            compare([*touched(about), *dice.sample(every, OTHERS)], name)
            if n % EDITS_BETWEEN_ALL_PAGES == 0 or n == NUMBER:
                compare(every, name)
    with capsys.disabled():
        print(f"\n{made.total()} edits of {len(made)} kinds, seed {SEED}")  # noqa: T201


def moved(watcher: Watcher, dice: Random) -> datetime:
    """A little later; often exactly to the next moment that is due, or the one before it."""
    now, due = datetime.now(UTC), watcher.known().until
    step = dice.randrange(6)
    if step == 0:
        return due
    if step == 1:
        return max(now, due - timedelta(microseconds=1))
    return now + timedelta(seconds=dice.randrange(0, 3600))


def touched(about: Post | None) -> list[str]:
    return ["/", *pages_of(about)[:2]] if about else ["/"]
