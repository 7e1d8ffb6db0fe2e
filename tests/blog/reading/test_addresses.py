"""No address dies: old ones lead on for good, withdrawn posts say so, the rest is not found."""

import unicodedata
from datetime import UTC, datetime

import pytest
from django.test import Client

from blog.models import OldAddress
from tests.factories import make_draft, make_post, make_publication, make_scheduled, make_withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def publication() -> None:
    make_publication()


def location(client: Client, path: str) -> str:
    """Where a permanent redirect leads."""
    response = client.get(path)
    assert response.status_code == 301, (path, response.status_code)
    return response.headers["Location"]


def test_a_post_answers_at_its_dated_address(client: Client) -> None:
    post = make_post("Asking for range")

    assert post.get_absolute_url() == "/2024/11/18/asking-for-range/"
    assert client.get(post.get_absolute_url()).status_code == 200


def test_a_former_slug_leads_to_the_present_one(client: Client) -> None:
    post = make_post(slug="first")
    post.slug = "second"
    post.save()

    assert location(client, "/2024/11/18/first/") == "/2024/11/18/second/"


@pytest.mark.parametrize("path", ["/2023/01/01/right/", "/2024/02/31/right/", "/2024/11/18/RIGHT/"])
def test_the_right_slug_under_a_wrong_day_or_case_leads_to_the_post(
    client: Client, path: str
) -> None:
    make_post(slug="right")

    assert location(client, path) == "/2024/11/18/right/"


def test_a_slug_of_any_script_is_found_in_both_of_its_normal_forms(client: Client) -> None:
    make_post(slug="ґанок-їжака")

    assert client.get("/2024/11/18/ґанок-їжака/").status_code == 200
    decomposed = unicodedata.normalize("NFD", "/2024/11/18/ґанок-їжака/")
    assert location(client, decomposed).startswith("/2024/11/18/%D2%91")


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("/blog/asking/", "/blog/asking/"),
        ("/blog/asking/", "/blog/asking"),
        ("/blog/asking/", "/blog/asking/index.html"),
        ("/blog/asking/", "/blog/asking/?utm_source=mail"),
        ("/asking.html", "/asking.html"),
        ("/2015/12/01/asking/", "/2015/12/01/asking/"),
        ("/2015/12/asking/", "/2015/12/asking/"),
        ("/про-далекобійність/", "/про-далекобійність/"),
        ("/index.php?p=12", "/index.php?p=12"),
        ("/?p=12", "/?p=12"),
    ],
)
def test_an_address_of_the_blog_before_leads_here(client: Client, kept: str, asked: str) -> None:
    post = make_post(slug="range")
    OldAddress.objects.create(path=kept, post=post)

    assert location(client, asked) == "/2024/11/18/range/"


def test_an_old_address_with_a_query_counts_before_one_without(client: Client) -> None:
    for number, path in enumerate(["/index.php", "/index.php?p=1", "/index.php?p=2"]):
        OldAddress.objects.create(path=path, post=make_post(slug=f"post-{number}"))

    assert location(client, "/index.php?p=2") == "/2024/11/18/post-2/"


@pytest.mark.parametrize("make", [make_draft, make_scheduled])
def test_an_old_address_of_what_is_not_public_is_not_found(client: Client, make: object) -> None:
    post = make()  # type: ignore[operator]
    OldAddress.objects.create(path="/old/", post=post)

    assert client.get("/old/").status_code == 404
    assert client.get(f"/2024/11/18/{post.slug}/").status_code == 404


def test_a_withdrawn_post_answers_with_its_notice_at_every_address(client: Client) -> None:
    post = make_withdrawn(
        "Wrong", slug="wrong", body="The text.", withdrawal_notice="We were misled."
    )
    OldAddress.objects.create(path="/old/", post=post)

    for path in ("/2024/11/18/wrong/", "/2020/01/01/wrong/", "/old/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "We were misled." in response.content.decode()
        assert "The text." not in response.content.decode()


def test_an_address_without_its_slash_gets_it(client: Client) -> None:
    assert location(client, "/about") == "/about/"
    assert location(client, "/archive?page=2") == "/archive/?page=2"


def test_a_redirect_never_leads_to_another_host(client: Client) -> None:
    OldAddress.objects.create(path="/other.example/about/", post=make_post())

    for path in ("//other.example/about", "//other.example", "/\\other.example/about"):
        response = client.get("/", PATH_INFO=path)
        assert response.status_code in (301, 404)
        assert not response.headers.get("Location", "/").startswith(("//", "http", "/\\"))


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/nothing.html",
        "/0000/",
        "/2024/13/",
        "/2024/02/30/",
        "/2024/11/18/nothing/",
        "/stories/nothing/",
        "/topics/nothing/",
        "/authors/nothing/",
        "/sources/nothing/",
        "/outlets/nothing/",
        "/media/nothing.png",
        "/media/../settings.py",
        "/%00/",
        "/stories/%00/",
        "/sources/%00/",
        "/%ff%fe/",
        "/a%0ab/",
        "/" + "long/" * 900,
        "/?page=2",
        "/?page=0",
        "/?page=x",
        "/?page=%00",
        "/?page=99999999999999999999999",
    ],
)
def test_an_address_that_never_was_is_not_found(client: Client, path: str) -> None:
    make_post(published=datetime(2024, 11, 18, tzinfo=UTC))

    response = client.get(path)

    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()
