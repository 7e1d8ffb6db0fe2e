"""How many keys the everyday tasks of a writer take, counted by the tests that do them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measuring import Figure

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/blog/writing/test_steps.py"


def counted() -> dict[str, int]:
    """Task → keys. Empty where there is no browser to press them in."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "steps.json"
        # Tests make a database of their own; the one that is measured is not theirs.
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", TESTS],
            cwd=ROOT,
            env=its_own() | {"PASSIM_STEPS_FILE": str(counts)},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            print(f"Not all keys were counted: {TESTS} has failures.", file=sys.stderr)
        return json.loads(counts.read_text()) if counts.exists() else {}


def its_own() -> dict[str, str]:
    """Of the environment what does not make it the site that is measured."""
    ours = ("PASSIM_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def steps() -> list[Figure]:
    return [Figure(task, 0, keys, unit="keys") for task, keys in counted().items()]
