"""What is advised of the claims of a post before it goes out, and of figures without a source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from blog.assuming import Read
from blog.desk.figures import figures_without_source
from blog.desk.hedges import is_hedged
from blog.markup import Document, fold
from blog.models.resolving import Resolution, outside
from publication.models import Publication
from sources.ledger import Standing, Verdict
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim, StandingChange

# How many figures are named; of the others only how many there are.
FIGURES_NAMED = 5
UNCERTAIN = (Standing.UNREPORTED, Standing.REPORTED)


@dataclass(frozen=True)
class Advice:
    words: str
    line: int | None = None
    field: str = ""


def ledger_advice(
    document: Document, resolution: Resolution, assumed: Read, *, now: datetime, since: datetime
) -> Iterator[Advice]:
    """Reads at most three times, and not at all where a post has no claims.

    `since` is when the form was opened: what moved later, its author may not know.
    """
    claims = {claim.pk: claim for claim in resolution.claims.values()}
    claims |= {claim.pk: claim for claim, _ in assumed.wanted}
    ledgers = ledgers_of(claims.values())
    zone = Publication.current().zone
    standing = {pk: ledger.now(now, zone) for pk, ledger in ledgers.items()}
    yield from _stated_as_fact(document, resolution, assumed, standing)
    yield from _moved(assumed, standing, since, now)
    yield from _unnamed(ledgers.values())
    if claims or document.citations or any(outside(link.url) for link in document.links):
        yield from _figures(document)


def _stated_as_fact(
    document: Document, resolution: Resolution, assumed: Read, standing: Mapping[int, Verdict]
) -> Iterator[Advice]:
    """Each claim once: where the text first speaks of it so, else where it is assumed."""
    spoken_of: set[int] = set()
    told: set[int] = set()
    for mark in document.claims:
        claim = resolution.claims.get(fold(mark.slug))
        if claim is None:
            continue
        spoken_of.add(claim.pk)
        verdict = standing[claim.pk]
        if _is_uncertain(verdict) and claim.pk not in told and not is_hedged(mark.sentence):
            told.add(claim.pk)
            words = mark.words or claim.statement
            yield Advice(f"“{words}” {_as_fact(verdict)}", mark.line)
    for claim, words in assumed.wanted:
        verdict = standing[claim.pk]
        if claim.pk not in spoken_of and _is_uncertain(verdict) and not is_hedged(words):
            yield Advice(
                f"“{words or claim.statement}” is assumed, and no words of the text are tied to "
                f"it: {_on_what(verdict)}. Say in the text that it may not be so.",
                field="assumes",
            )


def _is_uncertain(verdict: Verdict) -> bool:
    return verdict.standing in UNCERTAIN


def _as_fact(verdict: Verdict) -> str:
    return (
        f"is stated as a fact: {_on_what(verdict)}. "
        "Say whose word it is (“reportedly”, “according to …”), or that you take it as given."
    )


def _on_what(verdict: Verdict) -> str:
    if verdict.standing is Standing.UNREPORTED:
        return "the ledger has nobody who says so"
    return "it rests on one origin"


def _moved(
    assumed: Read, standing: Mapping[int, Verdict], since: datetime, now: datetime
) -> Iterator[Advice]:
    """What is assumed and is refuted by now, or is no longer what it was when the form opened."""
    claims = [claim for claim, _ in assumed.wanted]
    changes = _changes(claims, since, now)
    for claim in claims:
        verdict, change = standing[claim.pk], changes.get(claim.pk)
        said = f"“{claim.statement}”, which this post assumes, "
        if verdict.standing is Standing.REFUTED:
            refuted = "is refuted by now. Say so, or assume it no longer."
            yield Advice(said + refuted, field="assumes")
        elif change:
            moved = f"was {change.was_words} and is {verdict.words} since you opened this."
            yield Advice(f"{said}{moved} Read the text again.", field="assumes")


def _changes(claims: Iterable[Claim], since: datetime, now: datetime) -> dict[int, StandingChange]:
    """The first of each claim after a moment."""
    pks = [claim.pk for claim in claims]
    rows = StandingChange.objects.announced(now).filter(claim__in=pks, at__gt=since) if pks else ()
    first: dict[int, StandingChange] = {}
    for row in rows:
        first.setdefault(row.claim_id, row)
    return first


def _unnamed(ledgers: Iterable[Ledger]) -> Iterator[Advice]:
    """Each origin that is not named, where no report of the ledger says why."""
    for ledger in ledgers:
        reasons: dict[str, bool] = {}
        for report in ledger.reports:
            if not report.is_struck and not report.origin.is_named:
                name = str(report.origin)
                reasons[name] = reasons.get(name, False) or bool(report.anonymity_reason.strip())
        for name in (name for name, has_reason in reasons.items() if not has_reason):
            yield Advice(
                f"The ledger of “{ledger.claim.statement}” rests on “{name}” and does not say why "
                "they are not named. Note the reason that the source gives, or that it gives none."
            )


def _figures(document: Document) -> Iterator[Advice]:
    figures = figures_without_source(document)
    for figure in islice(figures, FIGURES_NAMED):
        yield Advice(
            f"“{figure.words}” is a figure, and its paragraph names no source. Cite one, [@key].",
            figure.line,
        )
    if more := sum(1 for _ in figures):
        paragraphs = "paragraph has" if more == 1 else "paragraphs have"
        yield Advice(f"And {more} more {paragraphs} figures without a source.")
