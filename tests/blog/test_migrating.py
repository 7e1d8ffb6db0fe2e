"""What migrations owe to a site that has posts already."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from publication.statistics import gather_statistics
from tests.factories import cite_in_bulk, make_posts_in_bulk, make_source


def migrate(*to: tuple[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(to or executor.loader.graph.leaf_nodes())


@pytest.fixture
def before() -> Iterator[None]:
    """The tables with their former indices."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL gathers its statistics by itself")
    migrate(("blog", "0018_one_index_of_moments"))
    yield
    migrate()


@pytest.mark.django_db(transaction=True)
def test_of_a_new_index_it_is_known_at_once_how_its_rows_are_spread(before: None) -> None:
    """SQLite read a whole table for want of it, beside other indices that it knew."""
    cite_in_bulk(make_posts_in_bulk(20), [make_source("key")])
    gather_statistics()
    migrate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE tbl = 'blog_citation'")
        assert ("citation_by_post",) in cursor.fetchall()
