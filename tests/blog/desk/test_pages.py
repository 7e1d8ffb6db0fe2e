"""The desk's pages in general: names, the picture form, and a log-in that ran out."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from blog.models import Picture
from tests.blog.desk.conftest import LogIn
from tests.factories import make_author, make_draft, make_post, make_publication, make_source

pytestmark = pytest.mark.django_db


def a_picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format="PNG")
    return SimpleUploadedFile("sea.png", out.getvalue())


def test_the_desk_carries_the_publications_name() -> None:
    make_publication(name="The Margin Note")
    page = Client().get(reverse("admin:login")).content.decode()
    assert "The Margin Note<span> desk</span>" in page


@pytest.mark.parametrize(
    "name",
    [
        "blog_post",
        "blog_author",
        "blog_story",
        "blog_topic",
        "blog_picture",
        "sources_source",
        "sources_outlet",
    ],
)
def test_every_list_and_every_new_form_opens_for_an_editor(
    name: str, editor: User, log_in: LogIn
) -> None:
    client = log_in(editor)
    for page in ("changelist", "add"):
        assert client.get(reverse(f"admin:{name}_{page}")).status_code == 200
    assert client.get(reverse(f"admin:{name}_changelist"), {"q": "x"}).status_code == 200


def test_a_picture_is_uploaded_and_described(contributor: User, log_in: LogIn) -> None:
    sent = {"upload": a_picture(), "alt": "The sea", "credit": "Ada"}
    log_in(contributor).post(reverse("admin:blog_picture_add"), sent)
    picture = Picture.objects.get()
    assert (picture.alt, picture.credit, picture.uploaded_by) == ("The sea", "Ada", contributor)


def test_a_file_that_is_no_picture_is_an_error_of_its_field(
    contributor: User, log_in: LogIn
) -> None:
    sent = {"upload": SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>"), "alt": "Kept words"}
    page = log_in(contributor).post(reverse("admin:blog_picture_add"), sent).content.decode()
    assert "is not a picture" in page
    assert "Kept words" in page
    assert not Picture.objects.exists()


def test_uploading_it_again_does_not_change_the_words_of_another(
    contributor: User, editor: User, log_in: LogIn
) -> None:
    url = reverse("admin:blog_picture_add")
    log_in(editor).post(url, {"upload": a_picture(), "alt": "The sea"})
    log_in(contributor).post(url, {"upload": a_picture(), "alt": "Mine now"})
    picture = Picture.objects.get()
    assert (picture.alt, picture.uploaded_by) == ("The sea", editor)


def test_a_log_in_that_ran_out_is_explained(author: User, settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = "blog.desk.expired.csrf_failure"
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    response = client.post(reverse("admin:blog_post_add"), {"headline": "x"})
    assert response.status_code == 403
    assert "Nothing was saved, and nothing is lost" in response.content.decode()
    json = client.post(reverse("admin:blog_post_upload"), headers={"Accept": "application/json"})
    assert json.status_code == 403
    assert json.json()["error"]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return len(made)


def test_the_lists_cost_no_more_with_more_posts(author: User, log_in: LogIn) -> None:
    client = log_in(author)
    make_source("key")
    names = "blog_post", "blog_author", "sources_source"
    urls = [reverse(f"admin:{name}_changelist") for name in names]

    def write(number: int) -> list[int]:
        for _ in range(number):
            make_post(created_by=author, authors=[make_author()], body="[@key]")
        return [queries(client, url) for url in urls]

    assert write(3) == write(20)


def test_the_screens_cost_no_more_with_more_marks_and_posts(author: User, log_in: LogIn) -> None:
    client, source = log_in(author), make_source("key")
    post = make_draft(slug="mine", created_by=author)
    urls = [
        reverse("admin:blog_post_change", args=[post.pk]),
        reverse("admin:blog_post_preview", args=[post.pk]),
        reverse("admin:sources_source_change", args=[source.pk]),
    ]

    def write(number: int) -> list[int]:
        marks = "[[gone-{0}]] [@key{0}] [@key] [x](/2024/01/01/x{0}/) [y](https://example.org/{0})"
        post.body = "\n\n".join(marks.format(n) for n in range(number))
        post.save()
        for _ in range(number):
            make_post(body="[@key] [[mine|here]]", created_by=author)
        return [queries(client, url) for url in urls]

    assert write(3) == write(25)
