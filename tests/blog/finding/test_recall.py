"""On other people's posts: what they really referred to is among the first five."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from bench.finding import all_referring, recall


# Each post is saved in a transaction of its own, as in real use: within one, PostgreSQL keeps
# every former version of the counts of words, and reads them all.
@pytest.mark.django_db(transaction=True)
def test_posts_really_referred_to_are_found(shared_folder: Path) -> None:
    folder = str(shared_folder / "samples/18f-blog")
    address = ["--site-url", "https://18f.gsa.gov"]
    call_command("import_markdown", folder, *address, stdout=StringIO(), stderr=StringIO())
    found = recall(all_referring())
    assert found.cases > 500
    assert found.with_words >= 0.82
    assert found.without_words >= 0.66
