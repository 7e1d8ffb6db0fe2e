"""The ledger's rule, pure: lines and rulings in, a standing and its reasons out."""

from sources.ledger.changes import Change, Step, announced, course, path
from sources.ledger.explaining import because, why
from sources.ledger.standings import UNREPORTED, Verdict, in_words, standing
from sources.ledger.terms import RULED, SUPPORTING, Line, Origin, Ruling, Stance, Standing

__all__ = [
    "RULED",
    "SUPPORTING",
    "UNREPORTED",
    "Change",
    "Line",
    "Origin",
    "Ruling",
    "Stance",
    "Standing",
    "Step",
    "Verdict",
    "announced",
    "because",
    "course",
    "in_words",
    "path",
    "standing",
    "why",
]
