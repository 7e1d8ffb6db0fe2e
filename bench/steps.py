"""How many keys the everyday tasks of a writer take, counted by the tests that do them."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = "tests/blog/writing/test_steps.py"


def counted() -> dict[str, int]:
    """Task → keys. Empty where there is no browser to press them in."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder) / "steps.json"
        # Tests make a database of their own; the one that is measured is not theirs.
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", TESTS],
            cwd=ROOT,
            env=os.environ | {"PASSIM_STEPS_FILE": str(counts)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(counts.read_text()) if counts.exists() else {}


def table() -> str:
    counts = counted()
    if not counts:
        return "Steps of a writer: not counted, since there is no Chromium here."
    head = f"{'Keys, beyond the words searched for or written':60}{'keys':>6}"
    return "\n".join([head, "-" * len(head), *(f"{task:60}{n:>6}" for task, n in counts.items())])
