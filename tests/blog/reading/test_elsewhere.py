"""An author's pages elsewhere: told to readers and machines, kept by an export."""

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from blog.models import Author
from tests.blog.exporting.rows import emptied
from tests.blog.importing.folders import load
from tests.factories import make_author, make_post, make_publication

pytestmark = pytest.mark.django_db
MASTODON, OWN = "https://social.example.org/@ada", "http://ada.example.org/?a=1&b=2"


@pytest.fixture
def ada() -> Author:
    make_publication()
    ada = make_author("Ada", slug="ada", links=f"{MASTODON}\r\n\n  {OWN} \njavascript:alert(1)")
    make_post(authors=[ada])
    return ada


def page(ada: Author) -> str:
    return Client().get(ada.get_absolute_url()).content.decode()


def test_a_profile_links_them_as_the_author_s_own(ada: Author) -> None:
    assert re.findall(r'rel="me" href="([^"]+)"', page(ada)) == [
        MASTODON,
        OWN.replace("&", "&amp;"),
    ]
    assert "javascript:" not in page(ada)


def test_machines_are_told_that_they_are_the_same_person(ada: Author) -> None:
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(ada), re.DOTALL)
    assert json.loads(data)["mainEntity"]["sameAs"] == [MASTODON, OWN]
    [told] = Client().get("/api/v1/authors/").json()["items"]
    assert told["links"] == [MASTODON, OWN]


def test_what_no_address_may_hold_is_encoded() -> None:
    assert Author(links="https://x.example.org/{a}").elsewhere == ["https://x.example.org/%7Ba%7D"]


def test_whoever_has_none_has_no_line_of_them(ada: Author) -> None:
    ada.links = ""
    ada.save()
    assert "Elsewhere" not in page(ada)
    assert "sameAs" not in page(ada)


def test_only_addresses_of_the_web_are_taken() -> None:
    Author(name="Ada", slug="ada", links=f"{MASTODON}\n\n{OWN}").full_clean()
    with pytest.raises(ValidationError, match="whole address"):
        Author(name="Ada", slug="ada", links=f"{MASTODON}\n@ada").full_clean()


def test_they_come_back_from_an_export(tmp_path: Path) -> None:
    make_publication()
    make_author("Ada", slug="ada", links=f"{MASTODON}\n{OWN}")
    call_command("export_markdown", str(tmp_path), verbosity=0)
    emptied()
    load(tmp_path)
    assert Author.objects.get(slug="ada").elsewhere == [MASTODON, OWN]
