"""What can be cited, who published it, and how a claim stands."""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from blog.models import Citation, ClaimMention
from sources.models import Claim, Origin, Outlet, OutletHost, Report, Ruling, Source
from sources.models.changes import announce
from sources.models.keys import FormerCitekey
from sources.recording import announce_all, lift, strike, tell_apart
from tests.blog.exactness.edits.terms import Edit, deleted, one, saved, switched, updated
from tests.factories import make_claim, make_origin, make_outlet, make_source

STANCES = ("reports", "denies", "corroborates", "confirms", "concedes", "retracts", "declines")
MOST_LINES, MOST_RULINGS = 6, 3
ENOUGH, MOST_OUTLETS = 5, 14


def new_source(dice: Random, editor: User) -> Source | None:
    """Marks that lead nowhere come alive."""
    key = f"key{dice.randrange(8)}"
    is_former = FormerCitekey.objects.filter(key=key).exists()
    if is_former or Source.objects.filter(citekey=key).exists():
        return None
    source = make_source(key)
    Citation.objects.adopt(source)
    return source


def address_of_source(dice: Random, editor: User) -> Source | None:
    source = one(Source.objects.all(), dice)
    if source:
        source.url = f"https://n{dice.randrange(9)}.example.org/{dice.randrange(10**6)}"
        source.save()
    return source


def date_of_source(dice: Random, editor: User) -> Source | None:
    source = one(Source.objects.all(), dice)
    if source:
        source.issued_year, source.issued_month = dice.randrange(2020, 2024), dice.randrange(1, 12)
        source.authors = [{"family": f"Family {dice.randrange(9)}", "given": "Given"}]
        source.outlet = one(Outlet.objects.all(), dice)
        source.save()
    return source


def new_outlet(dice: Random, editor: User) -> Outlet | None:
    number = dice.randrange(10**6)
    few = Outlet.objects.count() < MOST_OUTLETS
    return make_outlet(f"New {number}", slug=f"new-{number}") if few else None


def add_host(dice: Random, editor: User) -> Outlet | None:
    """What is linked there for the first time becomes this outlet's."""
    outlet, host = one(Outlet.objects.all(), dice), f"o{dice.randrange(8)}.example.org"
    if outlet is None or OutletHost.objects.filter(host=host).exists():
        return None
    OutletHost(host=host, outlet=outlet).save()
    return outlet


def remove_host(dice: Random, editor: User) -> Outlet | None:
    found = one(OutletHost.objects.select_related("outlet"), dice)
    if found:
        found.delete()
    return found.outlet if found else None


def new_claim(dice: Random, editor: User) -> Claim | None:
    slug = f"claim-{dice.randrange(9)}"
    if Claim.objects.by_slugs([slug]) or Claim.objects.count() > ENOUGH:
        return None
    claim = make_claim(f"Claim {slug} is true.", slug=slug)
    ClaimMention.objects.adopt(claim)
    return claim


def report(dice: Random, editor: User) -> Claim | None:
    """Some are dated ahead: their day is a moment that comes."""
    claim, origin = one(Claim.objects.all(), dice), one(Origin.objects.all(), dice)
    if claim is None or origin is None or claim.reports.count() >= MOST_LINES:
        return None
    day = timezone.localdate() + timedelta(days=dice.randrange(-3, 2))
    Report(
        claim=claim,
        origin=origin,
        source=one(Source.objects.all(), dice),
        stance=dice.choice(STANCES),
        said_from=day,
        said_to=day,
        recorded_by=editor,
    ).save()
    return claim


def new_origin(dice: Random, editor: User) -> Origin | None:
    few = Origin.objects.count() <= ENOUGH
    return make_origin(f"New {dice.randrange(10**6)}") if few else None


def repeat(dice: Random, editor: User) -> Claim | None:
    line, origin = (
        one(Report.objects.select_related("claim"), dice),
        one(Origin.objects.all(), dice),
    )
    if line is None or origin is None or line.claim.reports.count() >= MOST_LINES:
        return None
    day = timezone.localdate()
    Report(
        claim=line.claim,
        origin=origin,
        stance="repeats",
        repeats=line,
        said_from=day,
        said_to=day,
    ).save()
    return line.claim


def strike_line(dice: Random, editor: User) -> Claim | None:
    found = one(Report.objects.unstruck(), dice)
    if found:
        strike(found, "It was a mistake.", editor)
    return found.claim if found else None


def empty_ledger(dice: Random, editor: User) -> Claim | None:
    """Past the models, then brought into step."""
    claim = one(Claim.objects.all(), dice)
    if claim is None or claim.reports.count() < MOST_LINES:
        return None
    with transaction.atomic():
        claim.reports.update(repeats=None)
        claim.reports.all().delete()
        claim.rulings.all().delete()
        announce(claim)
    return claim


def rule(dice: Random, editor: User) -> Claim | None:
    claim, standing = one(Claim.objects.all(), dice), dice.choice(["confirmed", "refuted"])
    if claim is None or claim.rulings.count() >= MOST_RULINGS:
        return None
    day = timezone.localdate()
    Ruling(claim=claim, standing=standing, reason="It was shown.", ruled_on=day).save()
    return claim


def lift_ruling(dice: Random, editor: User) -> Claim | None:
    found = one(Ruling.objects.filter(lifted_at=None), dice)
    if found:
        lift(found, "Not so.", editor)
    return found.claim if found else None


def speak_for(dice: Random, editor: User) -> Origin | None:
    """Unnamed origins that speak for one body count once."""
    origin, body = one(Origin.objects.all(), dice), one(Origin.objects.filter(body=None), dice)
    if origin is None or body is None or origin == body:
        return None
    origin.body, origin.is_named = dice.choice([None, body]), bool(dice.randrange(2))
    with transaction.atomic():
        origin.save()
        announce_all(origin)
    return origin


def tell_apart_origin(dice: Random, editor: User) -> Origin | None:
    origin = one(Origin.objects.filter(is_named=False), dice)
    if origin:
        tell_apart(origin, f"It is another, says {dice.randrange(99)}.", editor)
    return origin


def outlets_in_bulk(dice: Random, editor: User) -> models.Model | None:
    rows = list(Outlet.objects.order_by("pk"))
    for row in rows:
        row.native_name = f"Власна {dice.randrange(9)}"
    Outlet.objects.bulk_update(rows, ["native_name"])
    return rows[0] if rows else None


EDITS: tuple[Edit, ...] = (
    *(new_source, address_of_source, date_of_source, new_outlet, add_host, remove_host, new_claim),
    *(report, new_origin, repeat, strike_line, empty_ledger, rule, lift_ruling, speak_for),
    *(tell_apart_origin, outlets_in_bulk),
)
NAMED: dict[str, Edit] = {
    "source": saved(Source, "title"),
    "source's key": saved(Source, "citekey", "key-"),
    "source or not": switched(Source, "is_not_a_source"),
    "source gone": deleted(Source, 4),
    "outlet": saved(Outlet, "name"),
    "outlet's address": saved(Outlet, "slug", "outlet-"),
    "outlet's side": switched(Outlet, "is_party"),
    "outlet gone": deleted(Outlet, 2),
    "origin": saved(Origin, "name"),
    "origin's address": saved(Origin, "slug", "origin-"),
    "origin gone": deleted(Origin, 2),
    "claim": saved(Claim, "statement"),
    "claim's address": saved(Claim, "slug", "claim-"),
    "claim's proof": saved(Claim, "would_confirm"),
    "claim gone": deleted(Claim, 3),
    "notes": updated(Outlet, "note"),
    "reasons": updated(Ruling, "reason"),
    "quotations": updated(Report, "quotation"),
}
