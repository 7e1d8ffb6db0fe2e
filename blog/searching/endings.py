"""Words that differ only by how they are inflected, in the languages that our authors write in.

Pure. Words come folded (publication.words): й is и here, ę is e, ü is u.
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Paradigm:
    """Endings that one stem may take in turn, and how many letters the stem must have."""

    shortest: int
    endings: tuple[str, ...]


def _paradigm(shortest: int, endings: str) -> Paradigm:
    """ "-" stands for no ending. The longest come first, as the first that fits is taken off."""
    each = ("" if ending == "-" else ending for ending in endings.split())
    return Paradigm(shortest, tuple(sorted(each, key=len, reverse=True)))


# A longer stem where a short one would make one word of two: part and party, plan and plane.
PARADIGMS = (
    # English
    _paradigm(3, "- s es ed ing"),
    _paradigm(3, "e es ed ing"),
    _paradigm(3, "y ies ied"),
    # German
    _paradigm(5, "- e en n es s"),
    _paradigm(6, "- er ern em"),
    _paradigm(4, "e en em er es"),
    # Polish
    _paradigm(4, "a y i ie o ami ach om ow owi"),
    _paradigm(4, "a e ami ach om"),
    _paradigm(4, "- a ami ach ow owi om em"),
    # Ukrainian and Russian
    _paradigm(4, "- а я у ю и і е о ь ам ям ами ями ах ях ом ем ою ею ів ов ові еві"),
    _paradigm(4, "ии іи а я е і ого ому им их ими ою оі у ю ая ое ые ыи ых ым ои"),
    _paradigm(3, "а у и і ою о ам ами ах"),
    _paradigm(3, "ія іі ію ією іям іями іях"),
)


@lru_cache(maxsize=1000)
def inflected(word: str) -> frozenset[str]:
    """Every form that the word may have beside its own, most of which no language knows."""
    if not word.isalpha():
        return frozenset()
    return frozenset(
        word.removesuffix(taken) + ending
        for paradigm in PARADIGMS
        for taken in paradigm.endings
        if word.endswith(taken) and len(word) - len(taken) >= paradigm.shortest
        for ending in paradigm.endings
    ) - {word}
