"""Who asks for a post that is not theirs is told nothing and changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from blog.models import Picture, Post
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.blog.desk.test_endpoints import NEW, UPLOAD, picture, preview
from tests.factories import make_draft, make_post

pytestmark = pytest.mark.django_db

Ask = Callable[[Client, Post], Any]
ASKED: dict[str, Ask] = {
    "get preview": lambda c, p: c.get(preview(p)),
    "post preview": lambda c, p: c.post(preview(p), {"body": "x"}),
    "change page": lambda c, p: c.get(reverse("admin:blog_post_change", args=[p.pk])),
    "save": lambda c, p: c.post(reverse("admin:blog_post_change", args=[p.pk]), form_of(p)),
    "history": lambda c, p: c.get(reverse("admin:blog_post_history", args=[p.pk])),
    "delete page": lambda c, p: c.get(reverse("admin:blog_post_delete", args=[p.pk])),
    "delete": lambda c, p: c.post(reverse("admin:blog_post_delete", args=[p.pk]), {"post": "yes"}),
    "withdraw": lambda c, p: c.post(
        reverse("admin:blog_post_withdraw", args=[p.pk]), {"notice": "x"}
    ),
    "restore": lambda c, p: c.post(reverse("admin:blog_post_restore", args=[p.pk])),
}


class TestTheWrongUser:
    """Nobody learns of a post that is not theirs, or does anything with it."""

    @pytest.fixture(params=["draft", "published"])
    def post(self, request: pytest.FixtureRequest, editor: User) -> Post:
        make = make_draft if request.param == "draft" else make_post
        return make("The hidden headline", body="Secret words.", created_by=editor)

    @pytest.mark.parametrize("asked", ASKED)
    @pytest.mark.parametrize("who", ["contributor", "author", "staff", "nobody"])
    def test_is_told_nothing_and_changes_nothing(
        self, asked: str, who: str, post: Post, request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        client = Client() if who == "nobody" else log_in(request.getfixturevalue(who))
        before = Post.objects.filter(pk=post.pk).values().get()
        response = ASKED[asked](client, post)
        assert response.status_code in (302, 403, 404)
        assert b"hidden headline" not in response.content
        assert b"Secret words" not in response.content
        assert Post.objects.filter(pk=post.pk).values().get() == before

    @pytest.mark.parametrize("asked", ASKED)
    def test_what_is_hidden_answers_like_what_does_not_exist(
        self, asked: str, post: Post, contributor: User, log_in: LogIn
    ) -> None:
        client = log_in(contributor)
        hidden = ASKED[asked](client, post)
        absent = ASKED[asked](client, Post(pk=987_654, headline="x", edited_at=post.edited_at))
        assert hidden.status_code == absent.status_code
        assert hidden.headers.get("Location") == absent.headers.get("Location")

    def test_a_contributor_reads_but_no_longer_changes_what_was_published(
        self, contributor: User, log_in: LogIn
    ) -> None:
        post = make_post("Mine", created_by=contributor)
        client = log_in(contributor)
        page = client.get(reverse("admin:blog_post_change", args=[post.pk]))
        assert page.status_code == 200
        assert "<textarea" not in page.content.decode()
        assert client.get(preview(post)).status_code == 200
        assert ASKED["save"](client, post).status_code == 403
        assert ASKED["withdraw"](client, post).status_code == 403
        assert ASKED["delete"](client, post).status_code == 403

    def test_previews_and_uploads_are_for_who_may_write(self, staff: User, log_in: LogIn) -> None:
        for client, status in ((Client(), 302), (log_in(staff), 403)):
            assert client.post(NEW, {"body": "x"}).status_code == status
            assert client.post(UPLOAD, {"image": picture()}).status_code == status
        assert not Picture.objects.exists()

    def test_a_permission_to_see_posts_is_none_to_preview_them(
        self, staff: User, post: Post, log_in: LogIn
    ) -> None:
        staff.user_permissions.add(Permission.objects.get(codename="view_post"))
        client = log_in(staff)
        assert client.get(preview(post)).status_code == 404
        assert client.post(NEW, {"body": "x"}).status_code == 403

    def test_the_addresses_of_the_markdown_package_do_not_exist(self, author: User) -> None:
        client = Client()
        client.force_login(author)
        for path in ("/markdownx/markdownify/", "/markdownx/upload/"):
            assert client.post(path, {"content": "x"}).status_code in (404, 405)
