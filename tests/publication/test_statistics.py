"""The database knows how the rows of its tables are spread, so that it chooses indexes by that."""

import pytest
from django.core.management import call_command
from django.db import connection

from publication.statistics import gather_statistics
from publication.worker import Worker
from tests.factories import make_posts_in_bulk

pytestmark = pytest.mark.django_db


def is_known() -> bool:
    where = (
        "pg_stats WHERE tablename"
        if connection.vendor == "postgresql"
        else "sqlite_stat1 WHERE tbl"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {where} = 'blog_post'")  # noqa: S608
        [number] = cursor.fetchone()
    return bool(number)


def test_it_is_told_when_asked() -> None:
    make_posts_in_bulk(10)
    gather_statistics()

    assert is_known()


def test_it_is_told_when_the_index_was_rebuilt() -> None:
    make_posts_in_bulk(10)
    call_command("rebuild_references", verbosity=0)

    assert is_known()


def test_the_worker_tells_it_now_and_then() -> None:
    make_posts_in_bulk(10)
    Worker().run_until_idle()

    assert is_known()
