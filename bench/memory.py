"""What memory a process takes after readers of every kind, with saves in between."""

import time

from bench.measuring import Figure, most
from bench.reading import Load
from bench.server import serving

SECONDS_BETWEEN_LOOKS = 5.0


def memory(minutes: float, size: int) -> list[Figure]:
    """Of the largest of two processes: the highest that was seen, and the last."""
    with serving(workers=2) as server:
        load, seen = Load(server.port), [server.megabytes()]
        end = time.monotonic() + minutes * 60
        with load.on():
            while time.monotonic() < end:
                time.sleep(SECONDS_BETWEEN_LOOKS)
                seen.append(server.megabytes())
            share = server.share()
    if load.faults:
        raise RuntimeError(f"{len(load.faults)} of {load.asked} failed: {load.faults[0]}")
    after = f"after {minutes:g} minutes of everything"
    return [
        Figure("memory of a process, highest", size, max(seen), unit="MB"),
        Figure(f"memory of a process, {after}", size, seen[-1], unit="MB", target=most(120)),
        Figure("its share, where what processes have in common is divided", size, share, unit="MB"),
    ]
