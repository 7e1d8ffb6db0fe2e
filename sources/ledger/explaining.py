"""A verdict in words: what it rests on, for whoever asks why."""

from collections.abc import Sequence

from sources.ledger.standings import Verdict
from sources.ledger.terms import Origin

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def why(verdict: Verdict) -> str:
    """ "corroborated: 3 independent origins (A; B; C), one repeats; contested by D."."""
    return f"{verdict.standing}: {because(verdict)}"


def because(verdict: Verdict) -> str:
    """The same without the standing; a sentence but for its capital."""
    parts = [*_ruled(verdict), _support(verdict)]
    if verdict.repeats:
        parts[-1] += f", {number(verdict.repeats)} {_s('repeat', verdict.repeats)}"
    if verdict.denied_by:
        parts.append(f"contested by {_listed(verdict.denied_by)}")
    return "; ".join(parts) + "."


def _ruled(verdict: Verdict) -> list[str]:
    if verdict.ruling is None:
        return []
    day = verdict.ruling.ruled_on
    reason = f" ({verdict.ruling.reason.rstrip('. ')})" if verdict.ruling.reason else ""
    return [f"an editor’s ruling of {day.day} {day:%B %Y}{reason}"]


def _support(verdict: Verdict) -> str:
    count, names = len(verdict.support), "; ".join(map(_group, verdict.support))
    if verdict.confirmed_by:
        settled = f"confirmed by {_listed(verdict.confirmed_by)}, whose own act it is"
        others = count - len(verdict.confirmed_by)
        return f"{settled}, beside {number(others)} more" if others > 0 else settled
    if count == 0:
        return "no origin says so"
    if count == 1:
        return f"one origin ({names})"
    return f"{number(count)} independent origins ({names})"


def _group(origins: Sequence[Origin]) -> str:
    """Origins that count as one are named together, so that readers see why."""
    names = list(dict.fromkeys(origin.name for origin in origins))
    if len(names) == 1:
        return names[0]
    return f"{' and '.join([', '.join(names[:-1]), names[-1]])}, counted as one"


def _listed(origins: Sequence[Origin]) -> str:
    *others, last = list(dict.fromkeys(origin.name for origin in origins))
    return f"{', '.join(others)} and {last}" if others else last


def number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _s(verb: str, count: int) -> str:
    return f"{verb}s" if count == 1 else verb
