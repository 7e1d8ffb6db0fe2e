"""Lighthouse, as it sees a phone: one page of every kind of the demo publication."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median

from bench.measuring import Figure, least
from bench.server import HOST, serving
from bench.visiting import chromium

UNIT, ALL = "of 100", least(100)
# Now and then Chromium does not start.
TRIES = 3
# Scores vary with what else the machine does. Lighthouse's own advice is the median of five
# (docs/variability.md there); a page that has all at once is not looked at again.
LOOKS = 5
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES: Sequence[str] = (
    "/",
    "/2024/11/18/a-day-later/",
    "/2024/11/18/a-day-later/path/",
    "/2024/10/01/mondays/",
    "/2024/10/15/світло-за-розкладом/",
    "/archive/",
    "/2024/",
    "/2024/11/",
    "/2024/11/17/",
    "/stories/",
    "/stories/long-range-missiles/",
    "/topics/",
    "/topics/permissions/",
    "/authors/",
    "/authors/hester-pym/",
    "/sources/",
    "/sources/ledger2024lobby/",
    "/outlets/capital-ledger/",
    "/claims/",
    "/claims/north-korean-soldiers/",
    "/origins/ukrainian-military-intelligence/",
    "/map/",
    "/corrections/",
    "/about/",
    "/api/",
    "/search/?q=missiles",
)
# What no search engine is to list has no score as one that it lists.
NOT_INDEXED = ("/search/",)


def lighthouse() -> list[Figure]:
    """The least of each category, and whichever pages have less than all. None where it, or
    Chromium, is not installed.
    """
    program, browser = shutil.which("lighthouse"), chromium()
    if not (program and browser):
        return []
    with tempfile.TemporaryDirectory() as folder:
        demo = {"PASSIM_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/passim.sqlite3"}
        for command in (["set_up"], ["collectstatic", "--no-input"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                env=os.environ | demo,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        with serving(workers=1, **demo) as server:
            base = f"http://{HOST}:{server.port}"
            looks = {page: partial(looked_at, program, browser, base + page) for page in PAGES}
            return figures({page: scores(look, meant(page)) for page, look in looks.items()})


def scores(look: Callable[[], Mapping[str, int]], names: Sequence[str]) -> dict[str, int]:
    """By category, of a hundred. Looked at again where one of those named has less."""
    looks = [look()]
    if min(looks[0][name] for name in names) < ALL.limit:
        looks += [look() for _ in range(LOOKS - 1)]
    return {name: round(median(one[name] for one in looks)) for name in looks[0]}


def looked_at(program: str, browser: str, address: str) -> dict[str, int]:
    """Raises RuntimeError where the page could not be looked at."""
    for _ in range(TRIES):
        told = _looked(program, browser, address)
        if not told.returncode:
            found = json.loads(told.stdout)["categories"]
            return {name: round(100 * found[name]["score"]) for name in CATEGORIES}
    raise RuntimeError(f"Lighthouse could not look at {address}: {told.stderr[-500:]}")


def _looked(program: str, browser: str, address: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            *(program, address, "--quiet", "--output=json", "--output-path=stdout"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        env=os.environ | {"CHROME_PATH": browser},
        capture_output=True,
        text=True,
        check=False,
    )


def figures(found: Mapping[str, Mapping[str, int]]) -> list[Figure]:
    lines = []
    for name in CATEGORIES:
        of = {page: one[name] for page, one in found.items() if name in meant(page)}
        lines.append(
            Figure(
                f"Lighthouse, {name}: the least page", 0, min(of.values()), unit=UNIT, target=ALL
            )
        )
        lines += [
            Figure(f"Lighthouse, {name}: {page}", 0, score, unit=UNIT)
            for page, score in of.items()
            if score < ALL.limit
        ]
    return lines


def meant(page: str) -> Sequence[str]:
    """The categories that the page is to have all of."""
    return [name for name in CATEGORIES if name != "seo" or not page.startswith(NOT_INDEXED)]
