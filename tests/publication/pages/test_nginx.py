"""nginx shows pages from their files as the application would have sent them, and never others."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from publication.pages.asking import TRACKING
from tests.factories import make_draft, make_post, make_story
from tests.publication.pages.serving import DEPLOY, Response, Served, served

pytestmark = pytest.mark.django_db(transaction=True)
# Of the connection, not of the page; and a date that files cannot have.
OF_THE_WAY = {"date", "server", "connection", "transfer-encoding", "last-modified", "accept-ranges"}


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as running:
        yield running


def told(answer: Response) -> dict[str, str | list[str]]:
    named: dict[str, str | list[str]] = {
        name: value for name, value in answer.headers.items() if name not in OF_THE_WAY
    }
    # Django's is in no order.
    named["content-security-policy"] = sorted(
        part.strip() for part in answer.headers["content-security-policy"].split(";")
    )
    return named


PATHS = ("/", "/about/", "/archive/", "/2024/11/", "/stories/", "/feed.atom", "/sitemap.xml")


@pytest.mark.parametrize("coding", ["", "gzip", "br", "gzip, deflate, br, zstd", "gzip;q=0"])
def test_what_nginx_sends_is_what_the_application_would_have_sent(
    nginx: Served, coding: str
) -> None:
    make_post("Live", body="Words, and many of them. " * 40, story=make_story("War"))
    for path in PATHS:
        first = nginx.get(path, Accept_Encoding=coding)
        asked = len(nginx.site.asked)
        from_file = nginx.get(path, Accept_Encoding=coding)
        assert len(nginx.site.asked) == asked, f"{path} was no file"
        by_us = nginx.get_without_nginx(path, Accept_Encoding=coding)
        assert from_file.status == first.status == 200
        assert from_file.sent == by_us.sent == first.sent
        assert told(from_file) == told(by_us), path


def test_addresses_in_any_script_have_files(nginx: Served) -> None:
    path = quote(make_post("Світло", slug="світло-за-розкладом").path)
    nginx.get(path)
    asked = len(nginx.site.asked)
    assert "Світло" in nginx.get(path).body
    assert len(nginx.site.asked) == asked


def test_who_has_the_page_is_told_so_by_either(nginx: Served) -> None:
    """Also when something else has changed since."""
    make_post("Live")
    by_us = nginx.get("/about/", Accept_Encoding="gzip")
    tag = by_us.headers["etag"]
    from_file = nginx.get("/about/", Accept_Encoding="gzip", If_None_Match=tag)
    assert (from_file.status, from_file.sent) == (304, b"")
    nginx.site.edit = lambda: make_post("Another")
    nginx.edit()
    asked = len(nginx.site.asked)
    assert nginx.get("/about/", Accept_Encoding="gzip", If_None_Match=tag).status == 304
    assert len(nginx.site.asked) == asked + 1


def test_head_is_answered_from_a_file_too(nginx: Served) -> None:
    get = nginx.get("/")
    asked = len(nginx.site.asked)
    head = nginx.ask("HEAD", "/")
    assert (head.status, head.sent) == (200, b"")
    assert head.headers["etag"] == get.headers["etag"]
    assert len(nginx.site.asked) == asked


def test_feeds_are_files_whatever_their_readers_accept(nginx: Served) -> None:
    make_post("Live")
    first = nginx.get("/feed.atom", Accept="application/atom+xml, */*;q=0.1")
    asked = len(nginx.site.asked)
    again = nginx.get("/feed.atom", Accept="application/atom+xml, */*;q=0.1")
    assert (again.status, again.sent) == (200, first.sent)
    assert len(nginx.site.asked) == asked


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/?page=1", {}),
        ("/?utm_source=x&page=1", {}),
        ("/?q=utm_source=x", {}),
        ("/?fbclid=x", {"Cookie": "sessionid=x"}),
        ("/", {"Cookie": "||text/html,x|"}),
        ("/", {"Accept": "text/html,|", "Cookie": "|"}),
        ("/", {"Cookie": "sessionid=x"}),
        ("/", {"Authorization": "Basic x"}),
        ("/", {"Accept": "application/json"}),
        ("/index.html", {}),
        ("/about", {}),
        ("/about/index.html", {}),
        ("/-/feeds/feed.atom", {}),
        ("/-/application/about/", {}),
        ("/feed.atom", {"Cookie": "sessionid=x"}),
        ("/feed.atom?page=2", {}),
        ("//feed.atom", {}),
        ("/search/?q=live", {}),
        ("//about/", {}),
        ("/admin/login/", {}),
        ("/robots.txt", {}),
    ],
    ids=str,
)
def test_everything_else_is_asked_of_the_application(
    nginx: Served, path: str, headers: dict[str, str]
) -> None:
    for each in ("/", "/about/", "/feed.atom"):
        nginx.get(each)
    for _ in range(2):
        asked = len(nginx.site.asked)
        by_nginx = nginx.get(path, **headers)
        assert len(nginx.site.asked) == asked + 1
        assert by_nginx.status == nginx.get_without_nginx(path, **headers).status


def test_a_page_with_the_name_of_a_feed_is_a_page(nginx: Served) -> None:
    """And without its slash it is led there by the application, not to a folder."""
    page = make_post("Of XML", slug="on-feed.xml").path
    nginx.get(page)
    asked = len(nginx.site.asked)
    assert "Of XML" in nginx.get(page).body
    assert len(nginx.site.asked) == asked
    by_nginx, by_us = nginx.get(page[:-1]), nginx.get_without_nginx(page[:-1])
    assert by_nginx.status == by_us.status == 301
    assert by_nginx.headers["location"] == by_us.headers["location"] == page


@pytest.mark.parametrize(
    "added",
    ["utm_source=letter&utm_medium=email", "fbclid=IwAR0_x-y", "mc_cid=1&mc_eid=2", "gclid"],
)
def test_readers_who_come_from_a_newsletter_are_shown_the_same_file(
    nginx: Served, added: str
) -> None:
    by_us = nginx.get(f"/about/?{added}")
    asked = len(nginx.site.asked)
    assert nginx.get(f"/about/?{added}").sent == nginx.get("/about/").sent == by_us.sent
    assert len(nginx.site.asked) == asked


def test_both_know_the_same_names_of_what_is_added() -> None:
    """The one pattern stands in the configuration as it stands in asking.py."""
    assert TRACKING.pattern.removesuffix("(?:=[^&]*)?") in (DEPLOY / "nginx.conf").read_text()


def test_a_proxy_before_nginx_says_how_readers_come(tmp_path: Path) -> None:
    """What it says is the name of a folder: nobody may choose another."""
    with served(tmp_path, is_behind_a_proxy=True) as nginx:
        outside = tmp_path / "outside" / f"127.0.0.1:{nginx.port}" / "about"
        outside.mkdir(parents=True)
        (outside / "index.html").write_text("Outside.")
        for said in ("https", "http"):
            nginx.get("/about/", X_Forwarded_Proto=said)
        asked = len(nginx.site.asked)
        for said in ("https", "http", "https, http", "ftp", "../../../outside"):
            assert "<h1" in nginx.get("/about/", X_Forwarded_Proto=said).body
        assert len(nginx.site.asked) == asked
    folders = {folder.name for folder in (tmp_path / "pages").glob("*-*/plain/*")}
    assert folders == {"https", "http"}


def test_what_is_posted_reaches_the_application_whole(nginx: Served) -> None:
    nginx.get("/about/")
    for method in ("POST", "PUT"):
        asked = len(nginx.site.asked)
        assert nginx.ask(method, "/about/").status == 403
        assert len(nginx.site.asked) == asked + 1
    assert nginx.edit(b"x" * 3_000_000) == 3_000_000


def test_nothing_of_a_draft_lands_in_the_folder(nginx: Served) -> None:
    make_draft("Zzhidden", slug="zzhidden")
    for path in ("/", "/stories/", "/feed.atom", "/2024/11/18/zzhidden/", "/admin/"):
        nginx.get(path, Cookie="sessionid=x")
        nginx.get(path)
    files = [file for file in nginx.site.folder.root.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"Zzhidden" in file.read_bytes() or "zz" in file.name]


def test_a_withdrawn_post_is_gone_at_once(nginx: Served) -> None:
    post = make_post("Live")
    path = post.get_absolute_url()
    assert [nginx.get(path).status for _ in range(2)] == [200, 200]

    def withdraw() -> None:
        post.withdrawn_at, post.withdrawal_notice = post.published_at, "We were wrong."
        post.save()

    nginx.site.edit = withdraw
    nginx.edit()
    assert nginx.get(path).status == 410


def test_a_save_is_seen_by_who_asks_after_it_while_others_read(nginx: Served) -> None:
    """And nobody is told that a page is not there because its file has just gone."""
    post = make_post("Number 0.")
    saved, faults, done = 0, list[str](), threading.Event()

    def save() -> None:
        post.headline = f"Number {saved + 1}."
        post.save()

    def read() -> None:
        while not done.is_set():
            at_least = saved
            answer = nginx.get("/")
            shown = int(answer.body.partition("Number ")[2].partition(".")[0] or -1)
            if answer.status != 200 or shown < at_least:
                faults.append(f"{answer.status}: {shown} after {at_least} was saved")

    nginx.site.edit = save
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(25):
        nginx.edit()
        saved += 1
    done.set()
    for thread in threads:
        thread.join()
    assert faults == []
