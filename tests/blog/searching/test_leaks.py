"""What nobody may see decides nothing about a search, not even what was meant by it."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import make_claim, make_draft, make_post, make_source
from tests.hiding import HIDDEN_STATES, hide, publish

pytestmark = pytest.mark.django_db


def page(address: str) -> bytes:
    cache.clear()
    return Client().get(address).content


@pytest.mark.parametrize("name", ["story", "topic", "author", "source", "outlet", "refers", "q"])
def test_the_names_of_what_is_hidden_mean_nothing(name: str) -> None:
    addresses = [f"/search/?{name}=zzhidden-{state}" for state in HIDDEN_STATES]
    live = publish()
    before = [page(address) for address in addresses]

    hide(live)

    assert [page(address) for address in addresses] == before


def test_hidden_words_never_correct_what_was_typed() -> None:
    make_post("Pelican crossing")
    before = page("/search/?q=pelikan+zebrra")
    for number in range(5):
        make_draft(f"Pelikans and zebras {number}", body="zebrra pelikan")

    assert page("/search/?q=pelikan+zebrra") == before
    assert b"pelican" in before


def test_how_often_hidden_posts_have_a_word_changes_no_order() -> None:
    make_post("One", body="Alpha alpha alpha. Beta.")
    make_post("Two", body="Beta beta beta. Alpha.")
    before = page("/search/?q=alpha+beta")
    for _ in range(10):
        make_draft(body="alpha")

    assert page("/search/?q=alpha+beta") == before


def test_a_claim_and_a_source_that_only_drafts_use_are_not_found() -> None:
    before = page("/search/?q=zebra")
    make_claim("The zebra is striped.", slug="zebra")
    make_source("zebra", title="Zebra")
    make_draft("Draft", body="[[claim::zebra|So]] it is [@zebra].")

    assert page("/search/?q=zebra") == before
