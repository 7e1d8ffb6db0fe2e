"""Who and what is named as a reader typed stands before what is found in texts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.blog.searching.corpus import fill
from tests.factories import make_author, make_draft, make_post, make_scheduled, make_topic

pytestmark = pytest.mark.django_db

HEAD = '<ul class="line named"'


def line(typed: str, **more: str) -> str:
    """The line of names on the page of results; empty where there is none."""
    page = Client().get("/search/", {"q": typed, **more}).content.decode()
    _, found, rest = page.partition(HEAD)
    return rest.partition("</ul>")[0] if found else ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("writer", 'Author <a href="/authors/writer/">Writer</a>'),
        ("WRIT", 'Author <a href="/authors/writer/">Writer</a>'),
        ("missile", 'Story <a href="/stories/missiles/">Missiles</a>'),
        ("energy", 'Topic <a href="/topics/energy/">Energy</a>'),
    ],
)
def test_an_author_a_story_or_a_topic_is_found_by_name(typed: str, told: str) -> None:
    fill()
    assert told in line(typed)


def test_in_any_script_and_without_accents() -> None:
    make_post(authors=[make_author("Олена Їжак"), make_author("Łucja Żak")])
    assert "Олена Їжак" in line("їжак")
    assert "Łucja Żak" in line("lucja zak")


def test_it_stands_there_where_no_text_has_the_words() -> None:
    make_post(authors=[make_author("Hester Pym")])
    page = Client().get("/search/", {"q": "hester pym"}).content.decode()
    assert "Nothing here has" in page
    assert HEAD in page


@pytest.mark.parametrize("typed", ["hester -pym", "hester smith", "-hester", "", "est"])
def test_not_for_other_words(typed: str) -> None:
    make_post(authors=[make_author("Hester Pym")])
    assert line(typed) == ""


def test_not_where_only_sources_are_wanted() -> None:
    make_post(authors=[make_author("Hester Pym")])
    assert line("hester", **{"in": "sources"}) == ""


def test_nobody_who_has_only_drafts() -> None:
    make_draft(authors=[make_author("Hester Hidden")])
    make_scheduled(authors=[make_author("Hester Later")], topics=[make_topic("Hester")])
    make_post(withdrawn=True, authors=[make_author("Hester Gone")])
    make_post(published=timezone.now() - timedelta(days=1), authors=[make_author("Hester Pym")])
    assert line("hester").count("<li>") == 1
