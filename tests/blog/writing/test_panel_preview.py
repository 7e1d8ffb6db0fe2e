"""What the preview says of other posts: of the text as typed, and to whom it may."""

from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from blog.models import Post
from tests.factories import make_draft, make_post, make_scheduled, make_user, make_withdrawn

pytestmark = pytest.mark.django_db

NEW = "/admin/blog/post/preview/"
EARLIER = "Earlier, referred to here"


@pytest.fixture
def contributor() -> User:
    return make_user("contributor")


@pytest.fixture
def desk(contributor: User) -> Client:
    client = Client()
    client.force_login(contributor)
    return client


def page_of(client: Client, body: str, path: str = NEW) -> str:
    return client.post(path, {"headline": "Mine", "slug": "mine", "body": body}).content.decode()


@pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])
@pytest.mark.parametrize("mark", ["[[{}|words]]", "[[{}]]", "[words](/2024/11/18/{}/)"])
def test_it_does_not_tell_somebody_elses_hidden_post_from_none(
    mark: str, make: Callable[..., Post], desk: Client
) -> None:
    body = f"So {mark.format('taken')}."
    with time_machine.travel("2025-01-01", tick=False):
        before = page_of(desk, body)
        make("The secret headline", slug="taken")
        assert page_of(desk, body) == before


def test_earlier_posts_are_those_of_the_text_as_typed(desk: Client, contributor: User) -> None:
    make_post("Saved target", slug="saved")
    make_post("Typed target", slug="typed")
    post = make_draft(body="So [[saved|here]].", created_by=contributor)
    path = f"/admin/blog/post/{post.pk}/preview/"
    assert "Saved target" in desk.get(path).content.decode().split(EARLIER)[1]

    page = page_of(desk, "It [[updates::typed|goes on]] from there.", path)

    assert "Saved target" not in page
    listed = page.split(EARLIER)[1]
    assert "Typed target" in listed
    assert "It <mark>goes on</mark> from there." in listed
    assert "Newer information" in listed


def test_a_post_that_is_new_shows_what_it_refers_to_too(desk: Client) -> None:
    make_post("Typed target", slug="typed")
    assert "Typed target" in page_of(desk, "So [[typed]].").split(EARLIER)[1]
    assert EARLIER not in page_of(desk, "So [[nowhere|words]].")
