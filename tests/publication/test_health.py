"""What watches over the site asks two addresses; they need nothing but what they tell of."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from publication.health import is_migrated
from tests.factories import make_user
from tests.hiding import hide, publish

ADDRESSES = ("/-/health", "/-/ready")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    is_migrated.cache_clear()
    yield
    is_migrated.cache_clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_answer_in_one_word_that_nobody_keeps(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert response.content in (b"alive\n", b"ready\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ADDRESSES)
def test_neither_sets_a_cookie_or_looks_at_a_session(address: str) -> None:
    client = Client()
    client.force_login(make_user("author"))
    response = client.get(address)
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_neither_needs_a_known_host_or_https(address: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["commentary.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(address, headers={"host": "10.0.0.7:8000"}).status_code == 200


def test_health_asks_nothing_of_the_database() -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        assert Client().get("/-/health").status_code == 200


def test_a_site_without_its_database_is_not_ready() -> None:
    with patch.object(connection, "cursor", side_effect=OperationalError("gone")):
        response = Client().get("/-/ready")
    assert response.status_code == 503
    assert response.content == b"The database does not answer.\n"


def test_a_site_whose_migrations_wait_is_not_ready_until_they_are_applied() -> None:
    recorder = MigrationRecorder(connection)
    last = MigrationLoader(connection).graph.leaf_nodes("blog")[0]
    recorder.record_unapplied(*last)
    response = Client().get("/-/ready")
    assert response.status_code == 503
    assert b"Migrations wait" in response.content

    recorder.record_applied(*last)
    assert Client().get("/-/ready").status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_neither_changes_by_what_is_hidden(address: str) -> None:
    live = publish()
    before = Client().get(address)
    hide(live)
    after = Client().get(address)
    assert (after.content, dict(after.headers)) == (before.content, dict(before.headers))
