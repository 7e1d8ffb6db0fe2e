"""The claims that a text speaks of and those that its post assumes, as the panel shows them."""

from typing import Any

from blog.assuming import Read
from blog.markup import Document, fold
from blog.models.resolving import Resolution
from sources.models import Claim


def used_claims(document: Document, resolution: Resolution, assumed: Read) -> list[dict[str, Any]]:
    """Each claim once, in the order of the text, then those that are only assumed.

    One query at the most, and none where no claim is used.
    """
    lines: dict[int, list[int]] = {}
    claims: dict[int, Claim] = {}
    for mark in document.claims:
        if claim := resolution.claims.get(fold(mark.slug)):
            claims.setdefault(claim.pk, claim)
            lines.setdefault(claim.pk, []).append(mark.line)
    rests_on = {claim.pk for claim, _ in assumed.wanted}
    if missing := [pk for pk in rests_on if pk not in claims]:
        found = Claim.objects.with_standing().in_bulk(missing)
        claims |= {claim.pk: found[claim.pk] for claim, _ in assumed.wanted if claim.pk in found}
    return [
        {
            "slug": claim.slug,
            "title": claim.statement,
            "standing": claim.standing_words,
            "lines": lines.get(pk, []),
            "isAssumed": pk in rests_on,
        }
        for pk, claim in claims.items()
    ]
