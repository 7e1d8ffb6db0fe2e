"""A post's permanent identity: given to the posts that were here first, and its own for ever."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from tests.factories import make_post

BEFORE, AFTER = ("blog", "0002_roles"), ("blog", "0005_post_uid_is_unique")


def migrated(to: tuple[str, str]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.fixture
def past() -> Iterator[StateApps]:
    """The tables as they were before posts had an identity; afterwards as they are now."""
    yield migrated(BEFORE)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def old_post(apps: StateApps, slug: str, **values: Any) -> int:
    made = apps.get_model("blog", "Post").objects.create(headline=slug, slug=slug, **values)
    return int(made.pk)


@pytest.mark.django_db(transaction=True)
def test_posts_keep_the_identity_under_which_the_feed_showed_them(past: StateApps) -> None:
    day = {"published_at": datetime(2024, 11, 18, tzinfo=UTC), "dated_on": date(2024, 11, 18)}
    plain, renamed = old_post(past, "plain", **day), old_post(past, "renamed", **day)
    drafts = [old_post(past, name) for name in ("draft", "another")]
    addresses = past.get_model("blog", "OldAddress").objects
    addresses.create(post_id=renamed, path="/2024/11/18/first-name/")
    addresses.create(post_id=plain, path="/blog/plain.html")

    now = migrated(AFTER).get_model("blog", "Post").objects
    uids = dict(now.values_list("pk", "uid"))

    assert uids[plain] == uuid.uuid5(uuid.NAMESPACE_URL, "/2024/11/18/plain/")
    assert uids[renamed] == uuid.uuid5(uuid.NAMESPACE_URL, "/2024/11/18/first-name/")
    assert all(uids[draft] for draft in drafts)
    assert len(set(uids.values())) == 4
    assert not migrated(BEFORE).get_model("blog", "Post").objects.filter(slug="").exists()


@pytest.mark.django_db
def test_two_posts_never_have_one_identity() -> None:
    first, second = make_post(slug="one"), make_post(slug="two")

    assert first.uid != second.uid
    uid = first.uid
    first.slug = "three"
    first.save()
    first.refresh_from_db()
    assert first.uid == uid
