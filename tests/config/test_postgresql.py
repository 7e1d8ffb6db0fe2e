"""How PostgreSQL is asked to plan for pages (config/settings.py says why)."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("jit", "off"), ("cursor_tuple_fraction", "1")])
def test_it_compiles_no_query_and_expects_every_row_to_be_read(name: str, value: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL is meant")
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == (value,)
