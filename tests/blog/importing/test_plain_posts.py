"""An author who never uses the ledger sees nothing of it, and neither do their readers."""

from pathlib import Path

import pytest
from django.test import Client

from blog.importing.report import Report
from blog.models import Assumption, ClaimMention, Post
from sources.models import Claim, Origin, StandingChange
from tests.blog.importing.folders import blog, load
from tests.factories import make_claim, make_publication

pytestmark = pytest.mark.django_db

# Words, classes and files of the ledger; none of them stands in the posts below.
OF_THE_LEDGER = ("assum", "claim", "ledger", "standing", "corroborated", "origins")
PLAIN = {
    "_posts/2024-01-01-first.md": "A paragraph, and [a page](https://news.example.org/x).",
    "_posts/2024-01-02-next.md": "A reply to [the first](/2024/01/01/first.html).\n\n- one\n- two",
}


@pytest.fixture
def report(tmp_path: Path) -> Report:
    make_publication()
    return load(blog(tmp_path, PLAIN))


def told(client: Client, path: str) -> list[str]:
    html = client.get(path).content.decode().lower()
    assert "</html>" in html
    return [word for word in OF_THE_LEDGER if word in html]


@pytest.mark.usefixtures("report")
def test_a_plain_post_and_the_front_page_have_no_word_of_the_ledger(client: Client) -> None:
    for post in Post.objects.all():
        assert told(client, post.get_absolute_url()) == []
    assert told(client, "/") == []


@pytest.mark.usefixtures("report")
def test_nor_has_any_while_only_a_draft_or_nobody_uses_a_claim(client: Client) -> None:
    claim = make_claim("It rains.", slug="rain")
    draft = Post.objects.create(headline="Draft", body="[[claim::rain|It rains]].")
    Assumption.objects.create(post=draft, claim=claim)
    assert told(client, "/") == []
    assert told(client, Post.objects.get(slug="first").get_absolute_url()) == []


def test_importing_plain_posts_makes_nothing_of_a_ledger(report: Report) -> None:
    assert report.counts["made"] == 2
    for model in (Assumption, ClaimMention, Claim, Origin, StandingChange):
        assert not model._default_manager.exists()
    assert "Ledger" not in report.as_text()


def test_brackets_of_other_tools_that_look_like_a_mark_of_a_claim_stay_words(
    tmp_path: Path, client: Client
) -> None:
    make_publication()
    load(blog(tmp_path, {"2024-01-01-wiki.md": "See [[claim::something|words]] in the wiki."}))
    post = Post.objects.get()
    assert not ClaimMention.objects.exists()
    assert "[[claim::something|words]]" in client.get(post.get_absolute_url()).content.decode()
