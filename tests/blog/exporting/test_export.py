"""An export gives everything back, and importing it into an empty site makes the same site."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import frontmatter
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from blog.models import Author, Byline, OldAddress, Post, Slug, Story, Topic
from blog.pictures import keep_picture
from publication.models import Publication
from sources.models import Outlet, OutletHost, Source
from tests.blog.exporting.rows import differences, emptied, everything
from tests.blog.importing.folders import load, png

pytestmark = pytest.mark.django_db


def export(folder: Path) -> Path:
    call_command("export_markdown", str(folder), verbosity=0)
    return folder


def publish(
    slug: str, body: str, at: str = "2024-01-02T23:30:00.123456+00:00", **values: object
) -> Post:
    post = Post(headline=slug, slug=slug, body=body, published_at=datetime.fromisoformat(at))
    for name, value in values.items():
        setattr(post, name, value)
    post.save()
    return post


@pytest.fixture
def site() -> Post:
    """A site that has a little of everything; gives its fullest post."""
    Publication(
        name="Друге читання", time_zone="Europe/Kyiv", former_addresses="https://old.example.org"
    ).save()
    jane = Author.objects.create(name="Jane", slug="j", family="Doe", given="Jane", bio="*Bio*")
    olha = Author.objects.create(name="j", slug="olha")
    story = Story.objects.create(name="War", summary="S", is_concluded=True)
    outlet = Outlet.objects.create(
        name="Ledger", slug="ledger", kind="newspaper", is_party=True, party_note="a party"
    )
    OutletHost.objects.create(host="ledger.example.org", outlet=outlet)
    Source.objects.create(citekey="doe2024", title="A: “title”", outlet=outlet, publisher="Ledger")
    Source.objects.create(
        citekey="shop",
        title="Shop",
        url="https://shop.example.org/x",
        is_not_a_source=True,
        authors=[{"family": "Ґ", "given": "Я"}],
        issued_year=2024,
        issued_words="early 2024",
        note="N",
    )
    lead = keep_picture(png(), name="a.png", alt="Alt “x”", credit="Me")
    shown = keep_picture(png("blue"), name="b.png")
    publish("later", "Later.", "2024-02-01T00:00:00+00:00")
    full = publish(
        "Full.one_two",
        f"\n# Heading\r\n\r\n[[later|w]] [@doe2024, p. 3] ![a]({shown.file.url})\n\n"
        "[s](https://x.example.org/?a=b) ---\n\n---\n\n[o](/old/later)  ",
        standfirst="- yes: 'no' #\n\nmore \u2028",
        headline="true",
        language="uk",
        story=story,
        lead_picture=lead,
        known_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    for place, author in enumerate((olha, jane)):
        Byline.objects.create(post=full, author=author, position=place)
    full.topics.set([Topic.objects.create(name="1"), Topic.objects.create(name="Тема")])
    OldAddress.objects.create(path="/old/later/", post=Post.objects.get(slug="later"))
    full.slug, full.body = "full-now", full.body + "Another paragraph."
    full.save()
    publish("gone", "Gone.", withdrawn_at=timezone.now(), withdrawal_notice="It was\n---\nwrong.")
    publish("soon", "Soon.", "2999-01-01T00:00:00+00:00")
    Post.objects.create(headline="A draft: [[nowhere]] 😀", body="[[nowhere]] [@nobody]")
    return full


@pytest.mark.usefixtures("site")
def test_importing_an_export_into_an_empty_site_makes_the_same_site(tmp_path: Path) -> None:
    before = everything()
    folder = export(tmp_path / "export")
    addresses = {path.name for path in (folder / "pictures").iterdir()}
    emptied()
    load(folder)
    assert len(addresses) == 2
    names = {Path(url).stem for url in (Path(settings.MEDIA_ROOT) / "pictures").rglob("*.png")}
    assert len(names) == 4
    after = everything()
    for site in (before, after):
        # Pictures get new names; that the texts show them is tested below.
        site["blog.Post"] = [row.replace("/media/pictures/", "") for row in site["blog.Post"]]
    assert [d for d in differences(before, after) if "full-now" not in d] == []


def test_a_text_comes_back_to_the_letter_and_shows_its_pictures(site: Post, tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    emptied()
    load(folder)
    post = Post.objects.get(slug="full-now")
    url = post.body.partition("![a](")[2].partition(")")[0]
    was = site.body.partition("![a](")[2].partition(")")[0]
    assert post.body.replace(url, was) == site.body
    assert (Path(settings.MEDIA_ROOT) / url.removeprefix("/media/")).is_file()
    assert (post.headline, post.standfirst) == ("true", "- yes: 'no' #\n\nmore \u2028")
    assert post.published_at == site.published_at
    assert post.dated_on == date(2024, 1, 3)
    assert post.paragraph_aliases == site.paragraph_aliases
    assert [byline.author.name for byline in post.bylines.all()] == ["j", "Jane"]
    assert {row.slug for row in Slug.objects.filter(post=post)} == {"Full.one_two", "full-now"}
    assert post.lead_picture is not None
    assert (post.lead_picture.alt, post.lead_picture.credit) == ("Alt “x”", "Me")


@pytest.mark.usefixtures("site")
def test_an_export_imported_twice_changes_nothing(tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    emptied()
    load(folder)
    before = everything()
    stamps = list(Post.objects.values_list("pk", "edited_at"))
    report = load(folder)
    assert everything() == before
    assert list(Post.objects.values_list("pk", "edited_at")) == stamps
    assert report.counts["unchanged"] == Post.objects.count()


@pytest.mark.usefixtures("site")
def test_an_import_over_a_living_site_overwrites_nothing(tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    Post.objects.filter(slug="later").update(body="Better.")
    Publication.objects.update(name="Another")
    before = everything()
    report = load(folder)
    assert everything() == before
    assert report.counts["left alone"] == 1


@pytest.mark.usefixtures("site")
def test_the_demo_comes_back_from_its_export(tmp_path: Path) -> None:
    emptied()
    call_command("import_markdown", str(settings.BASE_DIR / "demo"), demo=True, verbosity=0)
    before = everything()
    folder = export(tmp_path / "export")
    emptied()
    load(folder)
    assert differences(before, everything()) == []


def test_the_demo_schedules_a_post_by_days_from_its_loading() -> None:
    call_command("import_markdown", str(settings.BASE_DIR / "demo"), demo=True, verbosity=0)
    soon = Post.objects.scheduled().get()
    assert soon.published_at is not None
    assert timedelta(days=20) < soon.published_at - timezone.now() <= timedelta(days=21)
    assert Post.objects.drafts().count() == 1
    before = everything()
    call_command("import_markdown", str(settings.BASE_DIR / "demo"), demo=True, verbosity=0)
    assert everything() == before


def test_files_are_such_that_any_tool_reads_them(site: Post, tmp_path: Path) -> None:
    folder = export(tmp_path / "export")
    read = frontmatter.load(str(folder / "posts" / "2024-01-03-full-now.md"))
    assert read["title"] == "true"
    assert read["authors"] == ["olha", "j"]
    assert "![a](../pictures/" in read.content
    sources = json.loads((folder / "sources.json").read_text())
    assert {"doe2024", "shop"} < {item["id"] for item in sources}
    references = json.loads((folder / "references.json").read_text())
    assert ("full-now", "later") in {(row["from"], row["to"]) for row in references}


def test_a_slug_too_long_for_a_file_name_is_exported_all_the_same(tmp_path: Path) -> None:
    post = publish("ж" * 200, "Long.")
    folder = export(tmp_path / "export")
    emptied()
    load(folder)
    assert Post.objects.get().slug == post.slug


def test_a_former_export_is_brought_up_to_date(tmp_path: Path) -> None:
    post = publish("one", "One.")
    folder = export(tmp_path / "export")
    post.slug = "two"
    post.save()
    export(folder)
    assert [path.name for path in (folder / "posts").iterdir()] == ["2024-01-02-two.md"]


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("Mine.")
    with pytest.raises(CommandError, match="not empty"):
        export(tmp_path)
    assert os.listdir(tmp_path) == ["mine.md"]
    with pytest.raises(CommandError, match="is a file"):
        export(tmp_path / "mine.md")


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: a\nslug: ''\ndate: 2024-01-01", "slug"),
        ("title: a\nslug: ../up\ndate: 2024-01-01", "slug"),
        ("title: a\nslug: a", "neither a date"),
        ("title: a\nslug: a\ndate: soon", "not a date"),
        ("title: [a]\nslug: a\ndate: 2024-01-01", "not a text"),
        ("title: a\nslug: a\ndate: 2024-01-01\nauthors: j", "not a list"),
        ("title: a\nslug: a\npublish_in_days: x", "number of days"),
    ],
)
def test_a_file_that_no_export_would_have_written_is_refused(
    tmp_path: Path, front: str, reason: str
) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "publication.json").write_text('{"name": "P"}')
    (tmp_path / "posts" / "a.md").write_text(f"---\n{front}\n---\n\nB\n")
    report = load(tmp_path)
    assert reason in report.findings[0].what
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sources.json", "not json"),
        ("sources.json", '[{"id": "x", "custom": 3}, 7, {"title": ["a"]}]'),
        ("authors.json", '[{"slug": "../x", "name": "a"}, {"name": 3}]'),
        ("outlets.json", '[{"slug": "o", "name": "O", "kind": "no such kind", "hosts": "x"}]'),
        ("publication.json", '{"name": "P", "time_zone": "Nowhere/Land"}'),
        ("pictures.json", '[{"file": "../../etc/passwd"}]'),
    ],
)
def test_what_is_broken_beside_the_posts_does_not_stop_them(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "publication.json").write_text('{"name": "P"}')
    (tmp_path / name).write_text(content)
    (tmp_path / "posts" / "a.md").write_text("---\ntitle: a\nslug: a\ndate: 2024-01-01\n---\n\nB\n")
    load(tmp_path)
    assert Post.objects.get().body == "B"


@pytest.mark.usefixtures("site")
def test_a_post_that_was_renamed_since_its_export_is_known_again(tmp_path: Path) -> None:
    export(tmp_path / "export")
    post = Post.objects.get(slug="later")
    post.slug = "much-later"
    post.save()
    count = Post.objects.count()
    report = load(tmp_path / "export")

    assert Post.objects.count() == count
    assert report.counts["left alone"] == 1
    assert report.counts["refused"] == 0
