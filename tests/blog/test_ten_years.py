"""Another blog's ten years, whole: rebuilt, exported and imported again they are the same."""

from pathlib import Path

import pytest
from django.core.management import call_command

from blog.models import Post
from tests.blog.exporting.rows import differences, emptied, everything
from tests.blog.importing.folders import load
from tests.blog.test_rebuild import rebuilt_equals_saved


# Each post is saved in a transaction of its own, as in real use.
@pytest.mark.django_db(transaction=True)
def test_an_archive_is_rebuilt_exported_and_imported_the_same(
    shared_folder: Path, tmp_path: Path
) -> None:
    folder = shared_folder / "samples/18f-blog"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with the samples is not here")
    load(folder, "https://18f.gsa.gov")
    assert Post.objects.count() == 504
    assert rebuilt_equals_saved() > 3000
    before = everything()
    call_command("export_markdown", str(tmp_path / "export"), verbosity=0)
    emptied()
    call_command("import_markdown", str(tmp_path / "export"), verbosity=0)
    assert differences(before, everything()) == []
