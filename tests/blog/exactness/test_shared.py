"""Two processes that share what either has made, on a server beside them."""

from pathlib import Path

import pytest

from tests.blog.exactness.run import SEED, begun, part, told
from tests.blog.exactness.serving import Flavour
from tests.conftest import Tells
from tests.publication.pages.shared_server import server


@pytest.mark.django_db(transaction=True)
def test_what_the_other_process_has_made_is_always_what_the_site_would_say(
    tmp_path: Path, tells: Tells
) -> None:
    with server(tmp_path) as url, begun(Flavour(url, keeps_texts=False), f"{SEED} shared") as run:
        counts = run.go(part(4.5))
    tells(told(run, counts))
    assert counts["memory"] > counts.total() / 50
    assert counts["shared"] > counts.total() / 10
