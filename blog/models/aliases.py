"""Paragraph ids that editing has lost, and the paragraphs they lead to now."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from blog.markup import Paragraph

# Below this likeness (0 to 100) a paragraph is not the same one reworded.
LIKENESS = 55


def carried_over(
    aliases: Mapping[str, str], before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> dict[str, str]:
    """Aliases for the new text: every id that ever led somewhere leads to the likeliest paragraph.

    A paragraph that was deleted leads to the one that now stands in its place.
    """
    present = {paragraph.id for paragraph in after}
    moved: dict[str, str] = {}
    for place, paragraph in enumerate(before):
        if paragraph.id not in present and after:
            moved[paragraph.id] = _heir(paragraph, place, after)
    kept = {old: moved.get(now, now) for old, now in aliases.items()}
    return {
        old: now for old, now in (kept | moved).items() if old not in present and now in present
    }


def _heir(paragraph: Paragraph, place: int, after: Sequence[Paragraph]) -> str:
    best = process.extractOne(
        paragraph.text, [p.text for p in after], scorer=fuzz.ratio, score_cutoff=LIKENESS
    )
    return after[best[2] if best else min(place, len(after) - 1)].id
