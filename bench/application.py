"""The application alone, against a bare view behind the same server and middleware."""

import urllib.request
from statistics import median

from bench.measuring import Figure, Target, least, most
from bench.server import HOST, SECONDS, Asked, Server, ask, serving

ROUNDS = 5
UNIT = "requests a second"


def application(address: str, size: int) -> list[Figure]:
    """What wrk finds with one process and with two, and what a page costs that no cache has."""
    return [
        *kept(address, size, workers=1),
        *kept(address, size, workers=2),
        uncached(address, size, "text rendered before", most(12)),
        uncached(address, size, "text not rendered", most(30), BENCH_KEEPS_NO_TEXT="1"),
    ]


def kept(address: str, size: int, *, workers: int) -> list[Figure]:
    with serving(workers=workers) as server:
        page, bare = in_turns(server, address, bare_for(server, address))
    by = "one process" if workers == 1 else f"{workers} processes"
    return [
        Figure(f"bare view, {by}", size, per_second(bare), unit=UNIT),
        Figure(f"post, kept, {by}", size, per_second(page), ratio(page, bare), UNIT, least(1)),
    ]


def uncached(address: str, size: int, how: str, target: Target, **settings: str) -> Figure:
    """Of one process, in microseconds of its processor time."""
    with serving(workers=1, PASSIM_PAGE_CACHE="0", **settings) as server:
        page, bare = in_turns(server, address, bare_for(server, address))
    cost, floor = (median(one.cpu for one in each) for each in (page, bare))
    return Figure(f"post, no page kept, {how}", size, cost * 1e6, cost / floor, "µs of CPU", target)


def in_turns(
    server: Server, *addresses: str, rounds: int = ROUNDS, seconds: int = SECONDS
) -> list[list[Asked]]:
    """In short rounds, so that a busy machine slows all alike; the first of each warms up."""
    asked = [
        [ask(server, address, seconds=seconds) for address in addresses] for _ in range(rounds + 1)
    ]
    return [list(one) for one in zip(*asked[1:], strict=True)]


def bare_for(server: Server, address: str) -> str:
    """The floor for a page: as many bytes."""
    with urllib.request.urlopen(f"http://{HOST}:{server.port}{address}") as answer:
        return f"/-/bare/{len(answer.read())}"


def per_second(rounds: list[Asked]) -> float:
    return median(one.per_second for one in rounds)


def ratio(rounds: list[Asked], floor: list[Asked]) -> float:
    """Of each round to the one beside it: the machine was as busy in both."""
    return median(a.per_second / b.per_second for a, b in zip(rounds, floor, strict=True))
