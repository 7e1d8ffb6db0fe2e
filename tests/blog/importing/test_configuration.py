"""The configuration of a blog tells where its posts stood, and what it was called."""

from pathlib import Path

import pytest

from blog.importing.configuration import configuration_of
from blog.importing.report import Finding
from blog.models import OldAddress, Post
from publication.models import Publication
from tests.blog.importing.folders import blog, load, referred
from tests.factories import make_post


def addresses(slug: str) -> set[str]:
    return set(OldAddress.objects.filter(post__slug=slug).values_list("path", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("files", "path"),
    [
        (
            {"_config.yml": "permalink: /:categories/:year/:i_month/:title.html",
             "news/_posts/2015-03-04-one.md": "---\ntitle: T\ncategories: Big News\n---\nx"},
            "/news/big/2015/3/one.html",
        ),
        (
            {"_config.yml": "title: T", "uk/_posts/2015-03-04-one.md": "x"},
            "/uk/2015/03/04/one.html",
        ),
        (
            {"hugo.toml": 'title = "T"\n[permalinks]\ncn = "/:sections/:year/:month/:slug/"',
             "content/cn/2015-03-04-one.md": "x"},
            "/cn/2015/03/one/",
        ),
        (
            {"config.yaml": "title: T\npermalinks:\n  page:\n    posts: /:year/:filename/",
             "content/posts/one.md": "---\ntitle: T\ndate: 2015-03-04\n---\nx"},
            "/2015/one/",
        ),
        (
            {"_config.yml": "title: T\nsource_dir: source\npermalink: news/:year/:title/",
             "source/_posts/one.md": "title: T\ndate: 2015-03-04\n---\nx"},
            "/news/2015/one/",
        ),
        (
            {"pelicanconf.py": "SITENAME = 'T'\nARTICLE_URL = '{date:%Y}/{slug}/'",
             "content/one.md": "Title: T\nDate: 2015-03-04 10:20\nSlug: one\n\nx"},
            "/2015/one/",
        ),
    ],
)  # fmt: skip
def test_its_pattern_gives_the_old_addresses(
    tmp_path: Path, files: dict[str, str], path: str
) -> None:
    load(blog(tmp_path, {name: _raw(text) for name, text in files.items()}))

    assert path in addresses("one")


def _raw(text: str) -> str | bytes:
    return text if len(text) == 1 else text.encode()


@pytest.mark.django_db
def test_its_address_is_the_blogs_own(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "_config.yml": b"url: https://old.test\nbaseurl: /blog",
            "_posts/2015-03-04-one.md": "x",
            "_posts/2015-03-05-two.md": "[o](https://old.test/blog/2015/03/04/one.html)",
        },
    )
    load(tmp_path)

    assert referred("_posts/2015-03-05-two.md") == ["one"]
    assert Publication.current().own_hosts == {"old.test"}


@pytest.mark.django_db
def test_a_fresh_publication_takes_over_its_name_language_and_time_zone(tmp_path: Path) -> None:
    blog(
        tmp_path / "site",
        {
            "_config.yml": "---\ntitle: Друге читання\nlang: uk\ntimezone: Europe/Kyiv\n",
            "_posts/2015-03-04-one.md": "---\ndate: 2015-03-04 00:30\n---\nx",
        },
    )
    report = load(tmp_path / "site" / "_posts")
    now = Publication.current()

    assert (now.name, now.language, now.time_zone) == ("Друге читання", "uk", "Europe/Kyiv")
    assert f"{Post.objects.get().published_at}" == "2015-03-03 22:30:00+00:00"
    assert report.of(Finding.CONFIGURED)[0].remedy == "taken over"


@pytest.mark.django_db
def test_a_publication_with_a_name_keeps_it_and_is_only_told(tmp_path: Path) -> None:
    Publication(name="Mine").save()
    make_post()
    blog(tmp_path, {"_config.yml": "---\ntitle: Theirs\n", "_posts/2015-03-04-one.md": "x"})
    report = load(tmp_path)

    assert Publication.current().name == "Mine"
    assert "Theirs" in report.of(Finding.CONFIGURED)[0].what


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("_config.yml", "a: [b"),
        ("_config.yml", "- a list"),
        ("_config.yml", ""),
        ("hugo.toml", "= no"),
        ("config.yaml", "title: [a]\npermalinks: x"),
        ("pelicanconf.py", "def ("),
        ("CNAME", "not a host"),
        ("_config.yml", "url: http://localhost:4000"),
        ("hugo.toml", 'baseURL = "https://example.org/"'),
    ],
)
def test_a_broken_or_empty_one_says_nothing(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)

    assert configuration_of(tmp_path).told() == ""


def test_what_one_file_leaves_out_another_says(tmp_path: Path) -> None:
    (tmp_path / "publishconf.py").write_text("SITEURL = 'https://old.test'")
    (tmp_path / "pelicanconf.py").write_text(
        "SITENAME = 'N'\nSITEURL = ''\nTIMEZONE = 'Asia/Tokyo'"
    )
    found = configuration_of(tmp_path)

    assert found.told() == "title N, address https://old.test, time zone Asia/Tokyo"
    assert found.permalinks.patterns == {"": "{slug}.html"}
