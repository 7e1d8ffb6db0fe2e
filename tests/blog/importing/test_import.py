"""Running an import: what becomes of files, twice, interrupted, broken, dry."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from blog.importing import saving
from blog.importing.report import Finding
from blog.markup import Document, parse
from blog.models import Author, Picture, Post, Story, Topic, posts
from tests.blog.exporting.rows import everything
from tests.blog.importing.folders import blog, body, load, png, referred, told

pytestmark = pytest.mark.django_db

FULL = """---
title: A full post
date: 2024-01-02T03:04:05+02:00
authors: [Jane Doe, Соломія Вернигора]
tags: [war, Energy]
series: The winter
excerpt: What it says.
lang: en-GB
permalink: /notes/full.html
redirect_from: /older/
---

Text with [a source](https://paper.example.com/x) and [another](/2024/01/01/first/).
"""
FILES: dict[str, str | bytes] = {"2024-01-01-first.md": "First.", "2024-01-02-full.md": FULL}


def touched() -> list[tuple[str, datetime]]:
    return list(Post.objects.order_by("pk").values_list("slug", "edited_at"))


def test_a_file_becomes_a_post_with_all_that_it_says(tmp_path: Path) -> None:
    report = load(blog(tmp_path, FILES))
    post = Post.objects.get(import_key="2024-01-02-full.md")
    assert (post.headline, post.standfirst) == ("A full post", "What it says.")
    assert post.published_at == datetime(2024, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert (post.path, post.language) == ("/2024/01/02/full/", "en-GB")
    names = [byline.author.name for byline in post.bylines.all()]
    assert names == ["Jane Doe", "Соломія Вернигора"]
    assert {topic.slug for topic in post.topics.all()} == {"war", "energy"}
    assert post.story == Story.objects.get(name="The winter")
    paths = {row.path for row in post.old_addresses.all()}
    assert paths == {"/notes/full.html", "/older/"}
    assert referred("2024-01-02-full.md") == ["first"]
    assert report.counts["made"] == 2


def test_authors_and_topics_that_are_here_already_are_used(tmp_path: Path) -> None:
    Author.objects.create(name="jane doe", slug="jd")
    Topic.objects.create(name="War")
    load(blog(tmp_path, FILES))
    assert Author.objects.count() == 2
    assert Topic.objects.count() == 2


def test_the_same_folder_twice_changes_nothing(tmp_path: Path) -> None:
    folder = blog(tmp_path, FILES | {"2024-03-01-p.md": "![a](one.png)", "one.png": png()})
    load(folder)
    before, stamps = everything(), touched()
    report = load(folder)
    assert everything() == before
    assert touched() == stamps
    assert (report.counts["unchanged"], report.counts["made"]) == (3, 0)
    assert report.counts["changed"] == 0


def test_a_changed_file_changes_its_post_alone(tmp_path: Path) -> None:
    load(blog(tmp_path, FILES))
    stamps = dict(touched())
    report = load(blog(tmp_path, {"2024-01-01-first.md": "First, better."}))
    assert body("2024-01-01-first.md") == "First, better."
    assert dict(touched())["full"] == stamps["full"]
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 1)


@pytest.mark.parametrize(
    "edit",
    [
        lambda post: setattr(post, "body", "Edited here."),
        lambda post: setattr(post, "headline", "Edited here"),
        lambda post: post.topics.clear(),
        lambda post: post.bylines.all().delete(),
    ],
)
def test_a_post_edited_at_the_desk_is_never_overwritten(
    tmp_path: Path, edit: Callable[[Post], Any]
) -> None:
    load(blog(tmp_path, FILES))
    post = Post.objects.get(slug="full")
    edit(post)
    post.save()
    before = everything()
    report = load(blog(tmp_path, {"2024-01-02-full.md": FULL + "\nMore.\n"}))
    assert everything() == before
    assert told(report, Finding.LEFT_ALONE)[0][0] == "2024-01-02-full.md"


def test_a_desk_edit_of_an_unchanged_file_is_nobodys_business(tmp_path: Path) -> None:
    folder = blog(tmp_path, FILES)
    load(folder)
    Post.objects.filter(slug="first").update(headline="Edited")
    assert load(folder).counts["unchanged"] == 2


def test_a_new_slug_in_the_file_keeps_the_old_one_leading_here(tmp_path: Path) -> None:
    load(blog(tmp_path, {"2024-01-01-a.md": "A"}))
    load(blog(tmp_path, {"2024-01-01-a.md": "---\ntitle: a\nslug: better\n---\nA"}))
    post = Post.objects.get()
    assert post.slug == "better"
    assert post.old_addresses.filter(path="/2024/01/01/a/").exists()


def test_an_interrupted_run_leaves_whole_posts_and_the_next_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        f"2024-01-{n:02}-p{n}.md": f"[w](/2024/01/{9 - n:02}/p{9 - n}.html)" for n in range(1, 9)
    }
    folder = blog(tmp_path, files)
    whole, save, calls = everything(), Post.save, iter(range(100))

    def failing(post: Post, *args: Any, **kwargs: Any) -> None:
        save(post, *args, **kwargs)
        if next(calls) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Post, "save", failing)
    with pytest.raises(KeyboardInterrupt):
        load(folder)
    assert Post.objects.count() == 4
    monkeypatch.undo()
    report = load(folder)
    assert (report.counts["made"], report.counts["unchanged"]) == (4, 4)
    assert [referred(key) for key in sorted(files)] == [[f"p{9 - n}"] for n in range(1, 9)]
    assert everything() != whole


def test_what_broke_after_the_posts_were_in_is_mended_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = "---\ntitle: l\npermalink: /notes/later.html\n---\nLater."
    folder = blog(
        tmp_path, {"2024-01-01-a.md": "[w](/notes/later.html)", "2024-02-01-later.md": later}
    )

    def failing(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("blog.importing.loading.Import._complete", failing)
    with pytest.raises(KeyboardInterrupt):
        load(folder)
    monkeypatch.undo()
    assert referred("2024-01-01-a.md") == []
    assert load(folder).counts["unchanged"] == 2
    assert referred("2024-01-01-a.md") == ["later"]


def test_one_broken_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = blog(
        tmp_path,
        {
            "2024-01-01-bad.md": "---\ntitle: [a\n---\nBody",
            "2024-01-02-empty.md": b"",
            "2024-01-03-nul.md": b"---\ntitle: a\n---\nB\0",
            "2024-01-04-huge.md": b"# Huge\n\n" + b"x" * (10 * 1024 * 1024),
            "2024-01-05-open.md": b"---\ntitle: a\n\nNever closed.",
            "2024-01-06-latin.md": "---\ntitle: Café\n---\nCrème".encode("latin-1"),
            "2024-01-07-dos.md": b"\xef\xbb\xbf---\r\ntitle: Dos\r\n---\r\nOne\r\ntwo\r\n",
            "2024-01-08-good.md": "Good.",
        },
    )
    (folder / "2024-01-09-folder.md").mkdir()
    os.mkfifo(folder / "2024-01-10-pipe.md")
    os.symlink("/etc/hostname", folder / "2024-01-11-link.md")
    os.symlink("/etc", folder / "outside")
    os.symlink("nowhere", folder / "2024-01-12-gone.md")
    report = load(folder)
    refused = {file[:10]: what for file, _, what in told(report, Finding.REFUSED)}
    days = ["01", "02", "03", "04", "05", "09", "10", "11", "12"]
    assert sorted(refused) == [f"2024-01-{day}" for day in days]
    assert "larger" in refused["2024-01-04"]
    assert "outside" in refused["2024-01-11"]
    assert report.counts["refused"] == 9
    headlines = Post.objects.chronological().values_list("headline", flat=True)
    assert list(headlines) == ["Café", "Dos", "2024-01-08-good"]
    assert body("2024-01-07-dos.md") == "One\ntwo"


def test_one_line_of_almost_two_megabytes_does_not_take_long(tmp_path: Path) -> None:
    began = time.perf_counter()
    load(blog(tmp_path, {"2024-01-01-long.md": "word [a](/b) `c` {{ d }} " * 20_000}))
    assert Post.objects.count() == 1
    assert time.perf_counter() - began < 60


@pytest.mark.parametrize(
    "name", ["зима близько", "100% sure", "50%25", "Straße", "日本語", "a'b\"c"]
)
def test_names_in_any_script_and_with_any_sign_become_posts(tmp_path: Path, name: str) -> None:
    blog(tmp_path, {f"2024-01-01-{name}.md": "T"})
    report = load(tmp_path)
    assert told(report, Finding.REFUSED) == []
    assert Post.objects.get().import_key == f"2024-01-01-{name}.md"
    assert load(tmp_path).counts["unchanged"] == 1


def test_a_hugo_bundle_brings_its_pictures(tmp_path: Path) -> None:
    text = (
        '+++\ntitle = "Bundle"\ndate = 2024-05-06\ndraft = false\n+++\n'
        '![a](one.png)\n\n{{< figure src="one.png" alt="b" >}}\n\n'
        "[w](../other/index.md) [v](../other)"
    )
    other = '+++\ntitle = "Other"\ndate = 2024-05-05\n+++\nO'
    folder = blog(
        tmp_path,
        {
            "content/posts/bundle/index.md": text,
            "content/posts/bundle/one.png": png(),
            "content/posts/other/index.md": other,
            "content/posts/_index.md": "+++\ntitle = 'Section'\n+++\n",
        },
    )
    report = load(folder)
    assert Post.objects.count() == 2
    assert referred("content/posts/bundle/index.md") == ["other", "other"]
    assert (report.counts["pictures"], told(report, Finding.PICTURE_MISSING)) == (1, [])


def test_drafts_of_jekyll_stay_drafts(tmp_path: Path) -> None:
    folder = blog(
        tmp_path,
        {
            "_posts/2024-01-01-a.md": "A",
            "_posts/2024-01-02-b.md": "---\ntitle: b\npublished: false\n---\nB",
            "_drafts/c.md": "C",
        },
    )
    load(folder)
    assert set(Post.objects.drafts().values_list("slug", flat=True)) == {"b", "c"}


def test_a_date_in_the_future_is_a_scheduled_post(tmp_path: Path) -> None:
    load(blog(tmp_path, {"2999-01-01-a.md": "A"}))
    assert Post.objects.scheduled().get().dated_on == date(2999, 1, 1)


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    files = FILES | {"2024-03-01-p.md": "![a](one.png) ![b](bad.png)", "one.png": png()}
    folder = blog(tmp_path, files | {"bad.png": b"no picture", "2024-03-02-bad.md": b"\0"})
    before = everything()
    dry = load(folder, "https://b.example.org", is_dry_run=True)
    assert everything() == before
    assert not Picture.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    real = load(folder, "https://b.example.org")
    assert dry.counts == real.counts
    assert dry.findings == real.findings
    assert load(folder, "https://b.example.org", is_dry_run=True).counts["unchanged"] == 3


def test_a_text_is_parsed_once_when_it_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counted(text: str) -> Document:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(saving, "parse", counted)
    monkeypatch.setattr(posts, "parse", counted)
    load(blog(tmp_path, {"2015-01-01-one.md": "[x](https://other.test/)"}))

    assert parsed == ["[x](https://other.test/)"]
