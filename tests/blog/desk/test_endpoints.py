"""Previews, uploads, withdrawing and putting back: what each answers, and to whom."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from blog import pictures
from blog.models import CrossReference, Picture, Post, Slug, State
from sources.models import Source
from tests.blog.desk.conftest import LogIn
from tests.blog.desk.forms import form_of
from tests.factories import (
    make_author,
    make_draft,
    make_post,
    make_publication,
    make_source,
    make_story,
    make_topic,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

NEW = "/admin/blog/post/preview/"
UPLOAD = "/admin/blog/post/upload/"


def preview(post: Post) -> str:
    return reverse("admin:blog_post_preview", args=[post.pk])


def picture(name: str = "sea.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format="JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="text/html")


class TestPreview:
    @pytest.fixture
    def client(self, author: User, log_in: LogIn) -> Client:
        return log_in(author)

    def test_it_is_the_public_page_of_what_the_form_has(self, client: Client, author: User) -> None:
        make_publication()
        target = make_post("Earlier", slug="earlier")
        source = make_source("key", title="A report")
        story, topic = make_story("The story"), make_topic("The topic")
        byline: dict[str, Any] = {
            "bylines-TOTAL_FORMS": 1,
            "bylines-0-author": make_author("Bo Writer").pk,
        }
        sent = form_of(
            headline="Typed headline",
            standfirst="Typed standfirst",
            body="Some *text*, [[earlier|before]] and a note.[@key]",
            story=story.pk,
            topics=[topic.pk],
            **byline,
        )
        page = client.post(NEW, sent).content.decode()
        for words in ("Typed headline", "Typed standfirst", "<em>text</em>", "The story"):
            assert words in page
        for words in ("Bo Writer", "The topic", target.get_absolute_url(), source.title):
            assert words in page

    def test_the_body_is_rendered_as_on_the_public_page(self, client: Client, author: User) -> None:
        make_post(slug="earlier")
        table = "| a | b |\n|---|---|\n| 1 | 2 |"
        body = f"One [[earlier|before]].\n\n> Two\n\n{table}\n\nThree.[^1]\n\n[^1]: N."
        post = make_post(body=body, created_by=author)
        public = client.get(post.get_absolute_url()).content.decode()
        saved = client.get(preview(post)).content.decode()
        typed = client.post(preview(post), form_of(post)).content.decode()
        assert between(saved) == between(typed) == between(public)

    def test_a_mark_that_leads_nowhere_is_shown_as_such(self, client: Client) -> None:
        page = client.post(NEW, form_of(body="[[gone|here]]")).content.decode()
        assert "unresolved" in page

    def test_it_writes_nothing(self, client: Client, author: User) -> None:
        post = make_draft("As saved", created_by=author)
        before = post.edited_at
        sent = form_of(post, headline="Typed", slug="typed", body="[x](https://example.org/page)")
        client.post(preview(post), sent)
        client.post(NEW, sent)
        kept = Post.objects.get()
        assert (kept.headline, kept.edited_at, kept.dated_on) == ("As saved", before, None)
        assert Slug.objects.count() == 1
        assert not Source.objects.exists()
        assert not CrossReference.objects.exists()

    @pytest.mark.parametrize(
        "half",
        [
            {},
            {"headline": ""},
            {"known_at": "2024-13-45T99:99", "story": "x", "lead_picture": "-1"},
            {"topics": ["9" * 40, "x"], "slug": "not / a slug"},
            {"bylines-0-author": "x", "body": "\x00 [[", "language": "xx" * 40},
        ],
    )
    def test_half_typed_values_are_no_obstacle(self, half: dict[str, Any], client: Client) -> None:
        assert client.post(NEW, half).status_code == 200

    def test_script_does_not_survive_it(self, client: Client) -> None:
        body = "<script>b()</script><img onerror=c()>"
        sent = form_of(headline="<script>a()</script>", body=body)
        page = client.post(NEW, sent).content.decode()
        assert "<script>a()" not in page
        assert "b()" not in page
        assert "onerror" not in page

    def test_only_our_own_pages_may_frame_it_and_nobody_keeps_it(
        self, client: Client, author: User
    ) -> None:
        post = make_draft(created_by=author)
        for response in (client.get(preview(post)), client.post(NEW, form_of())):
            assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
            policy = response.headers["Content-Security-Policy"]
            assert "frame-ancestors 'self'" in policy
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
            assert "no-store" in response.headers["Cache-Control"]
            assert response.headers["Passim-Preview"] == "1"

    def test_a_text_that_is_too_long_is_refused_in_words(self, client: Client) -> None:
        response = client.post(NEW, form_of(body="x" * 400_001))
        assert response.status_code == 413
        assert "too long" in response.content.decode()
        assert not response.has_header("Passim-Preview")

    def test_a_new_post_has_no_page_to_get(self, client: Client) -> None:
        assert client.get(NEW).status_code == 405


def between(page: str) -> str:
    """The body and the notes of a post's page."""
    return page.split('<div class="text cols">')[1].split('<div class="end">')[0]


class TestUpload:
    @pytest.fixture
    def client(self, contributor: User, log_in: LogIn) -> Client:
        return log_in(contributor)

    def test_it_answers_with_the_markdown_that_shows_the_picture(
        self, client: Client, contributor: User
    ) -> None:
        response = client.post(UPLOAD, {"image": picture()})
        kept = Picture.objects.get()
        assert response.json()["image_code"] == f"![]({kept.file.url})"
        assert kept.uploaded_by == contributor
        served = client.get(kept.file.url)
        assert served.headers["Content-Type"] == "image/jpeg"
        assert served.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("name", ["evil.svg", "evil.html", "evil.php", "x.png"])
    def test_the_name_and_the_declared_type_decide_nothing(self, name: str, client: Client) -> None:
        client.post(UPLOAD, {"image": picture(name)})
        assert Picture.objects.get().file.url.endswith(".jpg")

    @pytest.mark.parametrize(
        "data", [b"", b"<svg onload=alert(1)>", b"GIF89a<script>", b"\x89PNG\r\n\x1a\n\x00"]
    )
    def test_what_is_no_picture_is_refused_in_words(self, data: bytes, client: Client) -> None:
        sent = {"image": SimpleUploadedFile("a.png", data, content_type="image/png")}
        response = client.post(UPLOAD, sent)
        assert response.status_code == 400
        assert response.json()["error"]
        assert not Picture.objects.exists()

    def test_a_file_that_is_too_big_is_refused_unread(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pictures, "MAX_BYTES", 100)
        monkeypatch.setattr(pictures, "keep_picture", lambda *_, **__: pytest.fail("it was read"))
        response = client.post(UPLOAD, {"image": picture()})
        assert response.status_code == 400
        assert "at most" in response.json()["error"]

    def test_no_file_or_a_text_in_its_place_is_refused_in_words(self, client: Client) -> None:
        for sent in ({}, {"image": "text"}):
            assert client.post(UPLOAD, sent).status_code == 400

    def test_it_cannot_be_read(self, client: Client) -> None:
        response = client.get(UPLOAD)
        assert (response.status_code, "error" in response.json()) == (405, True)

    def test_it_asks_for_the_token_of_the_form(self, contributor: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(contributor)
        assert strict.post(UPLOAD, {"image": picture()}).status_code == 403
        assert not Picture.objects.exists()


class TestWithdrawing:
    @pytest.fixture
    def client(self, author: User, log_in: LogIn) -> Client:
        return log_in(author)

    def test_it_asks_for_the_notice_and_then_takes_the_post_back(
        self, client: Client, author: User
    ) -> None:
        post = make_post(created_by=author)
        url = reverse("admin:blog_post_withdraw", args=[post.pk])
        assert "What readers are told" in client.get(url).content.decode()
        assert "Say to readers" in client.post(url, {"notice": " "}).content.decode()
        assert Post.objects.get().state() is State.PUBLISHED
        response = client.post(url, {"notice": "It was forged."}, follow=True)
        assert Post.objects.get().withdrawal_notice == "It was forged."
        assert "Put back…" in response.content.decode()
        assert client.get(post.get_absolute_url()).status_code == 410

    def test_a_withdrawn_post_is_put_back_after_one_more_question(
        self, client: Client, author: User
    ) -> None:
        post = make_withdrawn(withdrawal_notice="Forged.", created_by=author)
        url = reverse("admin:blog_post_restore", args=[post.pk])
        assert "Forged." in client.get(url).content.decode()
        client.post(url)
        assert Post.objects.get().is_published

    @pytest.mark.parametrize(("act", "sent"), [("withdraw", {"notice": "Why."}), ("restore", {})])
    def test_what_does_not_fit_the_state_is_refused_on_the_page(
        self, act: str, sent: dict[str, str], client: Client, author: User
    ) -> None:
        post = make_draft(created_by=author)
        response = client.post(reverse(f"admin:blog_post_{act}", args=[post.pk]), sent)
        assert "The post is a draft" in response.content.decode()
        assert Post.objects.get().state() is State.DRAFT
