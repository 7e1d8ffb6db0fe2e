"""What a pasted address means: a post of ours, a page that is cited, or nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from blog.markup import parse
from blog.models import OldAddress
from sources.models import Source
from tests.factories import (
    make_draft,
    make_outlet,
    make_post,
    make_publication,
    make_source,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

PASTED = reverse("admin:blog_post_pasted")
HOME = "https://margin.example.org"
PLAIN = {"kind": "plain"}


@pytest.fixture
def author() -> User:
    make_publication(former_addresses="https://old.example.net")
    return make_user("author")


@pytest.fixture
def client(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


def meant(client: Client, url: str, **sent: Any) -> dict[str, Any]:
    response = client.post(PASTED, {"url": url} | sent)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    answer: dict[str, Any] = response.json()
    return answer


def test_every_address_a_post_ever_had_is_that_post(client: Client) -> None:
    post = make_post(slug="before", body="One.")
    post.slug = "the-claim"
    post.save()
    OldAddress.objects.create(path="/blog/?p=12", post=post)
    OldAddress.objects.create(path="/blog/the-claim.html", post=post)
    for url in (
        f"{HOME}/2024/11/18/the-claim/",
        f"{HOME}/2024/11/18/the-claim",
        f"{HOME}/2024/11/18/before/?utm_source=x",
        "http://www.margin.example.org/2024/11/18/the-claim/",
        "https://old.example.net/blog/?p=12",
        "//old.example.net/blog/the-claim.html",
        f"{HOME}/2024/11/18/the-claim/#elsewhere",
    ):
        assert meant(client, url) == {"kind": "post", "mark": "the-claim"}, url
    assert not Source.objects.exists()


def test_an_address_of_a_paragraph_is_a_reference_to_it(client: Client) -> None:
    post = make_post(slug="слово", body="Перше речення тут.\n\nInne zdanie.")
    paragraph = parse(post.body).paragraphs[1].id
    url = f"{HOME}/2024/11/18/%D1%81%D0%BB%D0%BE%D0%B2%D0%BE/#{paragraph}"
    assert meant(client, url) == {"kind": "post", "mark": f"слово#{paragraph}"}
    post.body = "Перше речення тут.\n\nInne zdanie było."
    post.save()
    assert meant(client, url)["mark"] == f"слово#{paragraph}"


def test_own_pages_that_are_no_posts_stay_links(client: Client) -> None:
    for path in ("/", "/stories/", "/2024/11/18/nowhere/", "/media/x.jpg"):
        assert meant(client, HOME + path) == PLAIN
    assert not Source.objects.exists()


@pytest.mark.parametrize("make", [make_draft, make_withdrawn])
def test_somebody_elses_hidden_post_is_like_none(make: Any, client: Client, author: User) -> None:
    OldAddress.objects.create(path="/old/", post=make("Hers", slug="hers"))
    assert meant(client, f"{HOME}/old/") == PLAIN
    OldAddress.objects.create(path="/mine/", post=make("Mine", slug="mine", created_by=author))
    assert meant(client, f"{HOME}/mine/") == {"kind": "post", "mark": "mine"}


def test_a_page_elsewhere_becomes_one_source_however_often_it_is_pasted(client: Client) -> None:
    outlet = make_outlet("The Courier")
    outlet.hosts.create(host="courier.example")
    first = meant(client, "https://www.courier.example/report?utm_source=x")
    source = Source.objects.get()
    assert first == {"kind": "source", "key": source.citekey, "made": True}
    assert (source.outlet, source.canonical_url) == (outlet, "https://courier.example/report")
    again = meant(client, "http://courier.example/report/")
    assert again == {"kind": "source", "key": source.citekey, "made": False}
    assert Source.objects.count() == 1


def test_nothing_is_made_for_a_link_with_words(client: Client) -> None:
    assert meant(client, "https://courier.example/report", words="1") == PLAIN
    assert not Source.objects.exists()


def test_what_is_no_source_is_not_cited(client: Client) -> None:
    make_source(url="https://shop.example/buy", is_not_a_source=True)
    assert meant(client, "https://shop.example/buy") == PLAIN


def test_what_is_no_address_makes_nothing(client: Client) -> None:
    odd_ones = ("", "x", "javascript:alert(1)", "mailto:a@b.example", "https://", "https://a b")
    ugly = ("https://a.example/>)[x]", "http://[::1", "https://" + "a" * 9000, "\x00")
    for odd in (*odd_ones, *ugly):
        response = client.post(PASTED, {"url": odd})
        assert response.status_code == 200, odd
    assert Source.objects.filter(canonical_url__contains="javascript").count() == 0


def test_pasting_goes_nowhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a request left the house")

    monkeypatch.setattr("socket.getaddrinfo", forbidden)
    assert meant(client, "https://courier.example/report")["made"] is True


def test_pasting_is_for_who_may_write(author: User) -> None:
    sent = {"url": "https://courier.example/report"}
    staff = make_user(None)
    staff.is_staff = True
    staff.save()
    client = Client()
    assert client.post(PASTED, sent).status_code == 302
    client.force_login(staff)
    assert client.post(PASTED, sent).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="change_post"))
    assert client.post(PASTED, sent).status_code == 403
    assert not Source.objects.exists()
    client.force_login(make_user("contributor"))
    assert client.post(PASTED, sent).status_code == 200
    assert client.get(PASTED).status_code == 405
