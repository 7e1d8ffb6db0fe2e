"""Two people changed one text: what both wrote, put together paragraph by paragraph. Pure.

A paragraph that only one of them touched is taken from whoever touched it. Where both
changed the same place, both stay, one below the other between marked lines, which are
HTML comments: they never reach readers, but a person has to choose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A paragraph: lines with something in them, and the empty lines after it.
UNIT = re.compile(r"(?:[^\S\n]*\n)*(?:[^\n]*\S[^\n]*(?:\n|\Z))+(?:[^\S\n]*\n)*[^\S\n]*")
THEIRS = "<!-- Both kept. Saved before: -->"
MINE = "<!-- Both kept. Yours: -->"
END = "<!-- Both kept. End. -->"
MARKS = frozenset({THEIRS, MINE, END})


@dataclass(frozen=True)
class Merged:
    text: str
    conflicts: int
    """Places where both versions stand, one below the other."""


@dataclass(frozen=True)
class Region:
    """A stretch of the common text, and what became of it on each side."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]

    @property
    def is_agreed(self) -> bool:
        return _same(self.mine, self.theirs)


def merge(base: str | None, mine: str, theirs: str) -> Merged:
    """Both texts in one; `base` is what both began with, None when nobody knows.

    Without it what stands in one text alone is kept: nothing counts as taken out.
    """
    base = None if base is None else _lines(base)
    mine, theirs = _lines(mine), _lines(theirs)
    if mine == theirs or theirs == base:
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    parts = [units(text) for text in (mine, theirs)]
    common = _common(*parts) if base is None else units(base)
    merged: list[str] = []
    conflicts = 0
    for region in _regions(common, *parts):
        taken = _taken(region)
        if taken is None:
            conflicts += 1
            taken = [THEIRS, *region.theirs, MINE, *region.mine, END]
        merged += taken
    return Merged(_joined(merged), conflicts)


def units(text: str) -> list[str]:
    """The paragraphs with the empty lines after them; joined, they are the text again."""
    return UNIT.findall(text) or ([text] if text else [])


def marked_lines(text: str) -> list[int]:
    """Where both versions still stand below one another: the lines that open such a place."""
    lines = enumerate(text.splitlines(), start=1)
    return [number for number, line in lines if line.strip() == THEIRS]


def is_marked(text: str) -> bool:
    return any(line.strip() in MARKS for line in text.splitlines())


def _lines(text: str) -> str:
    """As forms send it back, a text has other line ends than as it was typed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _key(unit: str) -> str:
    return unit.strip()


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return [_key(unit) for unit in one] == [_key(unit) for unit in other]


def _taken(region: Region) -> list[str] | None:
    """What to take without asking anybody; None where both changed it, each in their way."""
    if region.is_agreed or _same(region.theirs, region.base):
        return list(region.mine)
    if _same(region.mine, region.base):
        return list(region.theirs)
    return None


def _common(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    blocks = _compared(mine, theirs).get_matching_blocks()
    return [unit for block in blocks for unit in mine[block.a : block.a + block.size]]


def _compared(one: Sequence[str], other: Sequence[str]) -> "SequenceMatcher[str]":
    keys = [_key(unit) for unit in one], [_key(unit) for unit in other]
    return SequenceMatcher(None, *keys, autojunk=False)


@dataclass(frozen=True)
class Hunk:
    """What one side made of the paragraphs from `start` up to `end` of the common text."""

    start: int
    end: int
    units: Sequence[str]

    def meets(self, other: "Hunk") -> bool:
        """Whether both touch the same paragraph, or put something in at the same place."""
        overlap = self.start < other.end and other.start < self.end
        return overlap or (self.start, self.end) == (other.start, other.end)


def _hunks(base: Sequence[str], side: Sequence[str]) -> list[Hunk]:
    opcodes = _compared(base, side).get_opcodes()
    return [Hunk(b, e, side[i:j]) for tag, b, e, i, j in opcodes if tag != "equal"]


def _regions(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """The text in stretches: what neither touched, and what one or both did."""
    sides = _hunks(base, mine), _hunks(base, theirs)
    done = 0
    for group in _groups([*sides[0], *sides[1]]):
        start, end = group[0].start, max(hunk.end for hunk in group)
        if done < start:
            yield Region(*[base[done:start]] * 3)
        of = [[hunk for hunk in side if hunk in group] for side in sides]
        yield Region(base[start:end], *(_applied(base, start, end, hunks) for hunks in of))
        done = end
    if done < len(base):
        yield Region(*[base[done:]] * 3)


def _groups(hunks: Sequence[Hunk]) -> list[list[Hunk]]:
    """Hunks that meet, directly or by way of others, together; in the order of the text."""
    groups: list[list[Hunk]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end)):
        if groups and any(hunk.meets(other) for other in groups[-1]):
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    return groups


def _applied(base: Sequence[str], start: int, end: int, hunks: Sequence[Hunk]) -> list[str]:
    """The stretch as one side has it."""
    made: list[str] = []
    for hunk in hunks:
        made += [*base[start : hunk.start], *hunk.units]
        start = hunk.end
    return [*made, *base[start:end]]


def _joined(parts: Sequence[str]) -> str:
    """With an empty line between paragraphs that now meet, and none added at the end."""
    text = ""
    for part in parts:
        if text and not text.endswith("\n\n") and not re.search(r"\n[^\S\n]*\n[^\S\n]*\Z", text):
            text = text.rstrip(" \t\n") + "\n\n"
        text += part
    return text
