"""What takes the whole archive is looked for once a generation, and never shown when it is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from time import sleep

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from blog.models import Post
from publication.generation.kept import of_generation
from tests.factories import make_draft, make_post, make_publication

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2024, 11, 18, 9, 45, tzinfo=UTC)


def posts() -> int:
    at = timezone.now()
    return of_generation("posts", at, lambda: Post.objects.published(at).count())


def times_looked() -> int:
    numbers = count(1)
    for _ in range(3):
        found = of_generation("looked", timezone.now(), lambda: next(numbers))
    return found


def test_it_is_looked_for_once_while_nothing_happens() -> None:
    make_publication()
    make_post()

    assert times_looked() == 1


def test_a_change_that_readers_see_has_it_looked_for_again() -> None:
    make_post()
    assert posts() == 1

    post = make_post()
    assert posts() == 2

    Post.objects.filter(pk=post.pk).update(withdrawn_at=timezone.now())
    assert posts() == 1


def test_a_draft_changes_nothing() -> None:
    make_post()
    before = of_generation("draft", timezone.now(), lambda: "before")
    make_draft()

    assert of_generation("draft", timezone.now(), lambda: "after") == before


def test_a_scheduled_post_counts_from_its_second() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        make_publication()
        make_post(published=NOW + timedelta(hours=1))
        assert posts() == 0

        clock.shift(timedelta(hours=1))
        assert posts() == 1


def test_what_is_asked_for_an_earlier_moment_is_not_kept() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        make_publication()
        make_post(published=NOW + timedelta(hours=1))
        begun = timezone.now()
        clock.shift(timedelta(hours=1))

        late = of_generation("posts", begun, lambda: Post.objects.published(begun).count())

        assert (late, posts()) == (0, 1)


def test_within_a_transaction_everything_is_looked_for() -> None:
    make_post()
    with transaction.atomic():
        assert times_looked() == 3


def test_what_changed_while_it_was_looked_for_is_not_kept() -> None:
    make_post()

    def find() -> int:
        found = Post.objects.count()
        make_post()
        return found

    assert of_generation("posts", timezone.now(), find) == 1
    assert posts() == 2


def test_who_asks_while_it_is_looked_for_waits_and_finds_it() -> None:
    make_post()
    numbers, both = count(1), Barrier(2)

    def slowly() -> int:
        sleep(0.2)
        return next(numbers)

    def ask() -> int:
        both.wait()
        try:
            return of_generation("slow", timezone.now(), slowly)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as two:
        found = [one.result() for one in [two.submit(ask) for _ in range(2)]]
    assert found == [1, 1]


def test_one_may_be_made_of_another() -> None:
    make_post()
    at = timezone.now()
    assert of_generation("whole", at, lambda: of_generation("part", at, lambda: 2) + 1) == 3
