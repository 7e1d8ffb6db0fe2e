"""A run: many edits by two processes, and after each what both keep, and what is true.

PASSIM_EXACTNESS_EDITS and PASSIM_EXACTNESS_SEED choose how many edits there are in all, and which;
PASSIM_EXACTNESS_MINUTES after how long a run ends with fewer, which it tells.
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from random import Random
from time import perf_counter

import time_machine
from django.db import connection

from publication.pages.cache import Application
from tests.blog.exactness.edits import EDITS, UNSEEN
from tests.blog.exactness.other_process import OtherProcess
from tests.blog.exactness.pages import pages, some
from tests.blog.exactness.serving import Flavour, Process, Said, answer, hushed, on_disk
from tests.blog.exactness.site import build

# On one database; `.ci/run` makes as many on either.
NUMBER = int(os.environ.get("PASSIM_EXACTNESS_EDITS", "2500"))
MINUTES = float(os.environ.get("PASSIM_EXACTNESS_MINUTES", "5"))
SEED = os.environ.get("PASSIM_EXACTNESS_SEED", "1")
OTHERS, STAYING = 10, 6
EDITS_BETWEEN_ALL_PAGES = 250
EDITS_BETWEEN_LISTS = 10
# What nobody sees leaves the pages of before as they are: that happens every eighth time.
KINDS = (*EDITS, *UNSEEN * (len(EDITS) // 10 // len(UNSEEN)))
# After these something is due by itself: often nothing else happens until then.
AHEAD = {"schedule", "announce_later", "report", "move", "move_zone"}
BEGINNING = datetime(2024, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class Run:
    """`ours` and `other` make the edits in turn, and each says what is true of half the pages."""

    clock: time_machine.Traveller
    ours: Process
    other: OtherProcess
    flavour: Flavour
    seed: str
    kinds: Sequence[str] = KINDS
    made: Counter[str] = field(default_factory=Counter)
    files: int = 0

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.listed: dict[str, list[str]] = {}
        self.last: list[str] = []

    def go(self, number: int, *, minutes: float = MINUTES) -> Counter[str]:
        """Whence the answers of both came. A slow machine makes fewer edits, but ends in time."""
        end = perf_counter() + minutes * 60
        for n in range(1, number + 1):
            if n % EDITS_BETWEEN_LISTS == 1:
                self.listed = pages()
            self._move_to(self._later())
            name, about = self._edit()
            self.made[name] += 1
            paths = self.last = [*about, *self._others(about)]
            self.compare(paths, name)
            if self.dice.randrange(2 if name in AHEAD else 8) == 0:
                self._move_to(self.ours.due())
                self.compare(paths, f"{name}, and what was due then")
            is_last = n == number or perf_counter() > end
            if n % EDITS_BETWEEN_ALL_PAGES == 0 or is_last:
                self.compare([path for paths in pages().values() for path in paths], name)
            if is_last:
                break
        return self._counted()

    def compare(self, paths: list[str], name: str) -> None:
        """Each process makes half of the pages and tells the truth of the rest; then they swap."""
        before = [on_disk(self.flavour.root, path) for path in paths]
        half = self.made.total() % 2
        mine, its = paths[half::2], paths[1 - half :: 2]
        # What a process has just made it tells again; what both make, the other tells of.
        known, known_too = (its, mine) if self.flavour.keeps_texts else (mine, its)
        self.other.ask(("kept", [its, "gzip"]), ("true", [known_too]))
        ours, true = self.ours.kept(mine, "br"), self.ours.true(known)
        theirs, true_too = self.other.said()
        self.other.ask(("kept", [mine, "br"]))
        ours += self.ours.kept(its, "")
        theirs += self.other.said()[0]
        truth = dict(zip(known + known_too, true + true_too, strict=True))
        self._assert_same("this process", name, dict(zip(mine + its, ours, strict=True)), truth)
        self._assert_same("the other", name, dict(zip(its + mine, theirs, strict=True)), truth)
        after = [on_disk(self.flavour.root, path) for path in paths]
        for path, *found in zip(paths, before, after, strict=True):
            files = set().union(*found)
            assert files <= {truth[path].body}, f"the file of {self._where(path, name)}"
            self.files += bool(found[0])

    def _assert_same(
        self, who: str, name: str, said: dict[str, Said], truth: dict[str, Said]
    ) -> None:
        for path, its in said.items():
            if its != truth[path]:
                does = _lines(self.ours.cache, path)
                with self.ours.keeping_nothing():
                    should = _lines(self.ours.site, path)
                told = list(unified_diff(should, does, "true", "kept", n=0, lineterm=""))[:20]
                where = f"{who}: {self._where(path, name)}"
                raise AssertionError("\n".join([where, str(its), str(truth[path]), *told]))

    def _where(self, path: str, name: str) -> str:
        number, now = self.made.total(), datetime.now(UTC)
        return f"{path} at {now} after edit {number}, {name} (seed {self.seed})"

    def _edit(self) -> tuple[str, list[str]]:
        """Drawn again until there is something to do."""
        while True:
            name, seed = self.dice.choice(self.kinds), self.dice.randrange(10**9)
            about = self.ours.edit(name, seed) if self.dice.randrange(2) else self._its(name, seed)
            if about is not None:
                return name, about

    def _others(self, about: list[str]) -> list[str]:
        """Some of those asked for last, which may be kept, and some that are new."""
        stay = self.dice.sample(self.last, min(STAYING, len(self.last)))
        drawn = [*stay, *some(self.listed, OTHERS + len(about), self.dice)]
        return [path for path in dict.fromkeys(drawn) if path not in about][:OTHERS]

    def _its(self, name: str, seed: int) -> list[str] | None:
        self.other.ask(("edit", [name, seed]))
        [about] = self.other.answers()
        found: list[str] | None = about
        return found

    def _move_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.ours.look()

    def _later(self) -> datetime:
        """A little; often exactly to the next moment that is due, or the one before it."""
        now, due = datetime.now(UTC), self.ours.due()
        step = self.dice.randrange(8)
        if step == 0:
            return due
        if step == 1:
            return max(now, due - timedelta(microseconds=1))
        return now if step == 2 else now + timedelta(seconds=self.dice.randrange(0, 3600))

    def _counted(self) -> Counter[str]:
        self.other.ask(("counts", []))
        return Counter(self.ours.counts()) + Counter(self.other.answers()[0])


def _lines(site: Application, path: str) -> list[str]:
    return answer(site, path).body.decode(errors="replace").splitlines()


def part(tenths: float) -> int:
    """Of all edits."""
    return max(1, round(NUMBER * tenths / 10))


def told(run: Run, counts: Counter[str]) -> str:
    whence = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    edits = f"{run.made.total():,} edits of {len(run.made)} kinds on {connection.vendor}"
    return f"{edits}, seed {run.seed}; answers: {whence}; from files: {run.files:,}"


@contextmanager
def begun(flavour: Flavour, seed: str, kinds: Sequence[str] = KINDS) -> Iterator[Run]:
    """A new site, and two processes that serve it, for edits of these kinds."""
    kept_open = connection.settings_dict["CONN_MAX_AGE"]
    connection.close()
    connection.settings_dict["CONN_MAX_AGE"] = None
    ours = Process(flavour)
    try:
        with (
            hushed(),
            time_machine.travel(BEGINNING, tick=False) as clock,
            OtherProcess(flavour) as other,
        ):
            build()
            gc.freeze()
            yield Run(clock, ours, other, flavour, seed, kinds)
    finally:
        gc.unfreeze()
        ours.close()
        connection.settings_dict["CONN_MAX_AGE"] = kept_open
        connection.close()
