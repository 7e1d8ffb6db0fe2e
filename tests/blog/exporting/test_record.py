"""Former texts and notices leave with an export and come back with it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from blog.importing.report import Finding
from blog.models import Change, Correction, Declared, Post, Version
from blog.pictures import keep_picture
from tests.blog.exporting.rows import differences, emptied, everything
from tests.blog.importing.folders import load, png
from tests.factories import make_notice, make_post, make_publication

pytestmark = pytest.mark.django_db


def export(folder: Path) -> Path:
    call_command("export_markdown", str(folder), verbosity=0)
    return folder


@pytest.fixture
def post() -> Post:
    """With two former texts, one of which shows a picture, and two notices."""
    make_publication()
    picture = keep_picture(png(), name="a.png")
    post = make_post("Світло", slug="svitlo", body=f"One. ![a]({picture.file.url})\r\n\n- two  ")
    post.declared, post.body = Declared(Change.CORRECTION, None, "Wrong.", "Right."), "Two."
    post.save()
    post.headline, post.slug = "Other", "other"
    post.save()
    make_notice(post, Change.EDITORS_NOTE, text="A “note”.", signed="Ada")
    return post


@pytest.mark.usefixtures("post")
def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    before = everything()
    folder = export(tmp_path)
    emptied()
    load(folder)
    after = everything()
    for site in (before, after):
        site["blog.Version"] = [row.split("/media/")[0] for row in site["blog.Version"]]
        # Named by its key, which a new site gives anew.
        site["blog.Correction"] = [row.split("'version'")[0] for row in site["blog.Correction"]]
    kept = ("blog.Version", "blog.Correction")
    one, other = ({label: site[label] for label in kept} for site in (before, after))
    assert differences(one, other) == []
    assert Version.objects.count() == 2
    assert [n.version and n.version.number for n in Correction.objects.order_by("pk")] == [None, 1]


@pytest.mark.usefixtures("post")
def test_a_former_text_shows_its_picture_under_its_new_address(tmp_path: Path) -> None:
    folder = export(tmp_path)
    assert "../pictures/" in (folder / "versions/2024-11-18-other.json").read_text()
    emptied()
    load(folder)
    body = Version.objects.get(number=1).body
    url = body.partition("![a](")[2].partition(")")[0]
    assert (Path(settings.MEDIA_ROOT) / url.removeprefix("/media/")).is_file()
    assert body.endswith("\r\n\n- two  ")


@pytest.mark.usefixtures("post")
def test_twice_the_same_import_changes_nothing(tmp_path: Path) -> None:
    folder = export(tmp_path)
    before = everything()
    load(folder)
    load(folder)
    assert everything() == before


def test_a_post_that_was_changed_here_keeps_its_own_record(post: Post, tmp_path: Path) -> None:
    folder = export(tmp_path)
    Version.objects.all().delete()
    Correction.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(body="Better.")
    load(folder)
    assert not Version.objects.exists()


def test_a_broken_record_is_refused_whole_and_named(post: Post, tmp_path: Path) -> None:
    folder = export(tmp_path)
    path = folder / "versions/2024-11-18-other.json"
    data = json.loads(path.read_text())
    data["corrections"][-1]["kind"] = "rumour"
    path.write_text(json.dumps(data))
    emptied()
    report = load(folder)
    (found,) = report.of(Finding.REFUSED)
    assert found.file == "versions/2024-11-18-other.json"
    assert Post.objects.count() == 1
    assert not Version.objects.exists()


def test_a_record_that_is_gone_leaves_a_former_export(post: Post, tmp_path: Path) -> None:
    export(tmp_path)
    Correction.objects.all().delete()
    Version.objects.all().delete()
    export(tmp_path)
    assert list((tmp_path / "versions").iterdir()) == []


@pytest.mark.parametrize("written", ["[]", "{", '{"post": "other", "versions": [{}]}'])
def test_what_no_export_wrote_stops_nothing(written: str, tmp_path: Path) -> None:
    make_publication()
    make_post("Other", slug="other")
    folder = export(tmp_path)
    (folder / "versions").mkdir(exist_ok=True)
    (folder / "versions/x.json").write_text(written)
    emptied()
    assert len(load(folder).of(Finding.REFUSED)) == 1
    assert Post.objects.count() == 1
