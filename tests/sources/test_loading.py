"""Origins and claims out of plain objects: bodies first, ledgers whole, changes announced once."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError

from sources.loading import bodies_first, load_claim, load_origin
from sources.models import Claim, Origin, Report, Ruling, changes
from tests.factories import make_claim, make_origin, make_publication

pytestmark = pytest.mark.django_db


def names(*pairs: tuple[str, str | None]) -> list[str]:
    items: list[dict[str, Any]] = [{"slug": slug, "body": body} for slug, body in pairs]
    return [item["slug"] for item in bodies_first(items)]


def test_an_origin_comes_after_the_body_that_it_speaks_for() -> None:
    assert names(("spokesman", "office"), ("office", "state"), ("state", None)) == [
        "state",
        "office",
        "spokesman",
    ]


def test_origins_in_a_circle_and_bodies_from_elsewhere_do_not_stop_the_rest() -> None:
    assert sorted(names(("a", "b"), ("b", "a"), ("c", "elsewhere"))) == ["a", "b", "c"]


def test_a_body_that_is_nowhere_keeps_the_origin_out() -> None:
    with pytest.raises(ValueError, match="no origin “nobody”"):
        load_origin({"slug": "a", "name": "A", "body": "nobody"}, {})
    with pytest.raises(ValueError, match="no outlet"):
        load_origin({"slug": "a", "name": "A", "told_to": "nowhere"}, {})
    with pytest.raises(ValidationError):
        load_origin({"slug": "no slug!", "name": "A"}, {})
    assert not Origin.objects.exists()


def test_a_ledger_however_long_is_announced_once() -> None:
    make_publication()
    make_origin("Kyiv", slug="kyiv")
    lines = [{"origin": "kyiv", "stance": "reports", "said_from": "2024-10-01"}] * 20
    rulings = [{"standing": "refuted", "ruled_on": "2024-10-02", "reason": "So."}]
    with patch("sources.loading.announce", wraps=changes.announce) as announce:
        load_claim({"statement": "It is so.", "reports": lines, "rulings": rulings}, {})
    assert announce.call_count == 1
    assert (Report.objects.count(), Ruling.objects.count()) == (20, 1)
    assert Claim.objects.get().changes.exists()


@pytest.mark.parametrize("slug", ["soldiers", "SOLDIERS", "of-old"])
def test_a_claim_that_is_here_under_a_present_or_former_slug_is_left_alone(slug: str) -> None:
    claim = make_claim("It is so.", slug="of-old")
    claim.slug = "soldiers"
    claim.save()
    assert load_claim({"slug": slug, "statement": "It is not so."}, {}) is None
    assert Claim.objects.get().statement == "It is so."
