"""Earlier runs, kept beside the project: a figure is told with what it was the last time."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.measuring import Figure

HISTORY = Path(__file__).resolve().parents[1] / ".bench/history.jsonl"


def last_run(conditions: str) -> dict[tuple[str, int], float]:
    """What the same conditions gave before, by what was measured and at how many posts."""
    if not HISTORY.exists():
        return {}
    runs = [json.loads(line) for line in HISTORY.read_text(encoding="utf-8").splitlines()]
    # The last time that each was measured: a short run leaves out what a full one has.
    alike = [one for run in runs if run["conditions"] == conditions for one in run["figures"]]
    return {(what, posts): value for what, posts, value in alike}


def keep(figures: Sequence[Figure], conditions: str) -> None:
    HISTORY.parent.mkdir(exist_ok=True)
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "conditions": conditions,
        "figures": [(one.what, one.posts, one.compared) for one in figures],
    }
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write(json.dumps(run) + "\n")
