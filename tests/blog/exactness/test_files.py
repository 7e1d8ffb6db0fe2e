"""Two processes that keep pages as files, too, in one folder, for a server in front."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.blog.exactness.run import SEED, begun, part, told
from tests.blog.exactness.serving import Flavour
from tests.conftest import Tells
from tests.publication.pages.shared_server import server


@pytest.mark.django_db(transaction=True)
def test_what_lies_in_files_is_always_what_the_site_would_say(tmp_path: Path, tells: Tells) -> None:
    with (
        TemporaryDirectory() as root,
        server(tmp_path) as url,
        begun(Flavour(url, root, keeps_texts=False), f"{SEED} files") as run,
    ):
        counts = run.go(part(4.5))
    tells(told(run, counts))
    assert counts["memory"] > counts.total() / 50
    assert run.files > run.made.total() / 10
