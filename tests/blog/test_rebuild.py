"""The index made from nothing equals the one that saving made, on real publications."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from blog.models import Citation, ClaimMention, CrossReference
from sources.models import StandingChange

# Each post is saved in a transaction of its own, as in real use.
pytestmark = pytest.mark.django_db(transaction=True)


INDEX = (CrossReference, Citation, ClaimMention, StandingChange)


def contents() -> set[tuple[tuple[str, object], ...]]:
    """Every row of the index but for its id."""
    rows = [row for model in INDEX for row in model._default_manager.values()]
    return {tuple((k, v) for k, v in row.items() if k != "id") for row in rows}


def rebuilt_equals_saved() -> int:
    saved = contents()
    for model in INDEX:
        model._default_manager.all().delete()
    call_command("rebuild_references", stdout=StringIO(), stderr=StringIO())
    assert contents() == saved
    call_command("check_references", stdout=StringIO())
    return len(saved)


def test_on_the_demo() -> None:
    folder = str(Path(settings.BASE_DIR) / "demo")
    call_command("import_markdown", folder, demo=True, stdout=StringIO(), stderr=StringIO())
    assert rebuilt_equals_saved() > 80


def test_on_ten_years_of_another_blog(shared_folder: Path) -> None:
    folder = str(shared_folder / "samples/18f-blog")
    call_command(
        "import_markdown",
        folder,
        site_url=["https://18f.gsa.gov"],
        stdout=StringIO(),
        stderr=StringIO(),
    )
    assert rebuilt_equals_saved() > 3000
