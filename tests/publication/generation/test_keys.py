"""The key of the moment changes with what readers see, and with nothing else."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from publication.generation.keys import Watcher
from publication.models import Job
from tests.factories import make_claim, make_draft, make_post, make_publication, make_report

pytestmark = pytest.mark.django_db(transaction=True)
# A quarter to noon in Kyiv.
NOW = datetime(2024, 11, 18, 9, 45, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    watcher = Watcher()
    yield watcher
    watcher.close()


def test_it_stays_while_nothing_happens(watcher: Watcher) -> None:
    make_post()
    with time_machine.travel(NOW, tick=False) as clock:
        before = watcher.key()
        make_draft("Nobody sees this")
        Job.objects.create(task="a.b", key="k")
        clock.shift(SECOND)
        assert watcher.key() == before == Watcher().key()


def test_it_changes_when_a_change_is_committed_and_not_before(watcher: Watcher) -> None:
    before = watcher.key()
    with transaction.atomic():
        make_post()
        assert watcher.key() == before
    assert watcher.key() != before


def test_it_changes_at_the_very_moment_that_a_post_is_due(watcher: Watcher) -> None:
    due = NOW + timedelta(hours=1)
    with time_machine.travel(NOW, tick=False) as clock:
        make_post("Later", published=due)
        before = watcher.known()
        assert before.until == due
        clock.move_to(due - timedelta(microseconds=1))
        assert watcher.key() == before.key
        clock.move_to(due)
        assert watcher.key() != before.key
        assert watcher.key().since == due


def test_it_changes_when_a_standing_is_due(watcher: Watcher) -> None:
    """A line that is dated ahead counts from the beginning of its day, where the site is."""
    make_publication()
    with time_machine.travel(NOW, tick=False) as clock:
        make_report(make_claim(), on="2024-11-20", recorded_at=NOW)
        clock.move_to(datetime(2024, 11, 19, 21, 59, tzinfo=UTC))
        before = watcher.key()
        clock.move_to(datetime(2024, 11, 19, 22, 0, tzinfo=UTC))
        assert watcher.key() != before


def test_a_new_day_is_a_new_key_where_the_site_is(watcher: Watcher) -> None:
    make_publication(time_zone="Asia/Tokyo")
    midnight = datetime(2024, 11, 18, 15, 0, tzinfo=UTC)
    with time_machine.travel(NOW, tick=False) as clock:
        before = watcher.known()
        assert before.until == midnight
        clock.move_to(midnight)
        assert watcher.key().since == midnight


def test_who_asks_later_is_told_the_same(watcher: Watcher) -> None:
    make_post(published=NOW + timedelta(minutes=1))
    with time_machine.travel(NOW + timedelta(minutes=2), tick=False):
        at_once = watcher.key()
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert watcher.key() == Watcher().key() == at_once


def test_a_clock_that_is_set_back_is_believed(watcher: Watcher) -> None:
    make_post(published=NOW)
    with time_machine.travel(NOW - SECOND, tick=False) as clock:
        before = watcher.key()
        clock.move_to(NOW)
        assert watcher.key() != before
        clock.move_to(NOW - SECOND)
        assert watcher.key() == before


def test_a_connection_that_was_lost_is_opened_again(watcher: Watcher) -> None:
    make_post()
    before = watcher.key()
    watcher._idle[0].wrapper.close()
    with suppress(Exception):  # the call that meets the closed connection may fail
        watcher.key()
    assert watcher.key() == before


def test_many_threads_one_after_another_share_a_connection(watcher: Watcher) -> None:
    for _ in range(5):
        thread = threading.Thread(target=watcher.key)
        thread.start()
        thread.join()
    assert len(watcher._idle) == 1
