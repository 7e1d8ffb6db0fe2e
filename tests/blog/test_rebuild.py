"""The index made from nothing equals the one that saving made, on real publications."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from blog.models import Citation, CrossReference

# Each post is saved in a transaction of its own, as in real use.
pytestmark = pytest.mark.django_db(transaction=True)


def contents() -> set[tuple[tuple[str, object], ...]]:
    """Every row of the index but for its id."""
    rows = [*CrossReference.objects.values(), *Citation.objects.values()]
    return {tuple((k, v) for k, v in row.items() if k != "id") for row in rows}


def rebuilt_equals_saved() -> int:
    saved = contents()
    CrossReference.objects.all().delete()
    Citation.objects.all().delete()
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
