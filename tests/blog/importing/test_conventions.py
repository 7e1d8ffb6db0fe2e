"""What Jekyll, Hugo and Eleventy call things."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from blog.importing.conventions import LeadPicture, PostFile, described
from blog.importing.dates import day_in_name, moment
from blog.importing.front_matter import read

KYIV = ZoneInfo("Europe/Kyiv")


def post(front: str = "", body: str = "Body.", key: str = "2024-02-03-a-post.md") -> PostFile:
    return described(key, read(f"---\n{front}\n---\n{body}"), KYIV)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2015-06-15", "2015-06-15T00:00:00+03:00"),
        ("2015-6-5", "2015-06-05T00:00:00+03:00"),
        ("2015/06/15", "2015-06-15T00:00:00+03:00"),
        ("2015-06-15 12:30:00 -4", "2015-06-15T12:30:00-04:00"),
        ("2015-06-15 12:30", "2015-06-15T12:30:00+03:00"),
        ("2015-06-15T12:30:00-0400", "2015-06-15T12:30:00-04:00"),
        ("2015-06-15T12:30:00.250Z", "2015-06-15T12:30:00.250000+00:00"),
        ("2015-06-15 1:05 pm", "2015-06-15T13:05:00+03:00"),
        ("June 15, 2015", "2015-06-15T00:00:00+03:00"),
        ("15 June 2015", "2015-06-15T00:00:00+03:00"),
        ("June 1st, 2015", "2015-06-01T00:00:00+03:00"),
        ("15.06.2015", "2015-06-15T00:00:00+03:00"),
        ("Mon, 15 Jun 2015 10:00:00 GMT", "2015-06-15T10:00:00+00:00"),
        ("Mon Jun 15 2015 10:00:00 GMT-0400 (EDT)", "2015-06-15T10:00:00-04:00"),
        ("June 15, 2015 10:30", "2015-06-15T10:30:00+03:00"),
        ("Monday, June 15, 2015", "2015-06-15T00:00:00+03:00"),
        ("Sept. 5, 2015", "2015-09-05T00:00:00+03:00"),
    ],
)
def test_dates_are_read_in_the_forms_people_write(written: str, at: str) -> None:
    found = moment(written, KYIV)
    assert found is not None
    assert found.at == datetime.fromisoformat(at)


@pytest.mark.parametrize("written", ["", "soon", "2015-13-40", "0001-01-01T00:00:00Z", "9" * 5000])
def test_what_is_no_date_is_none(written: str) -> None:
    assert moment(written, KYIV) is None


def test_the_day_is_that_of_the_authors_calendar() -> None:
    found = moment("2015-06-15T23:30:00-04:00", KYIV)
    assert found is not None
    assert found.day == date(2015, 6, 15)
    assert found.at.astimezone(UTC).date() == date(2015, 6, 16)


@pytest.mark.parametrize(
    ("name", "day", "slug"),
    [
        ("2024-12-5-18f-project", date(2024, 12, 5), "18f-project"),
        ("2024-02-30-leap", None, "2024-02-30-leap"),
        ("plain", None, "plain"),
    ],
)
def test_day_and_slug_are_taken_from_the_name(name: str, day: date | None, slug: str) -> None:
    assert day_in_name(name) == (day, slug)


def test_a_jekyll_post_is_read() -> None:
    found = post(
        "title: One\ndate: 2024-02-03 10:00:00 +0200\nauthor: Jane Doe\ncategories: news war\n"
        "tags: [a, A, 'b c']\nexcerpt: Short.\npermalink: /old/one.html\nredirect_from: [/x/, /y/]"
    )
    assert (found.headline, found.standfirst, found.slug) == ("One", "Short.", "a-post")
    assert [person.name for person in found.authors] == ["Jane Doe"]
    assert found.topics == ("a", "b c", "news", "war")
    assert (found.permalink, found.former) == ("/old/one.html", ("/x/", "/y/"))
    assert not found.is_draft


def test_a_hugo_bundle_is_named_after_its_folder() -> None:
    text = (
        '+++\ntitle = "Two"\ndate = 2024-05-06T07:08:09Z\nslug = "zwei"\naliases = ["/2.html"]\n'
        'series = ["War"]\n[[authors]]\nname = "Ján"\nbio = "B"\n[cover]\nimage = "c.png"\n'
        'alt = "C"\n+++\nBody'
    )
    found = described("content/posts/two/index.md", read(text), KYIV)
    assert (found.name, found.slug, found.story) == ("two", "zwei", "War")
    assert found.picture == LeadPicture("c.png", "C")
    assert [(person.name, person.bio) for person in found.authors] == [("Ján", "B")]
    assert found.former == ("/2.html",)


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("author: Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("author: Jane Doe, John Roe", ["Jane Doe", "John Roe"]),
        ("author: Doe, Jane", ["Doe, Jane"]),
        ("authors: [jane, john, Jane]", ["jane", "john"]),
        ("authors:\n- name: Jane\n  slug: jd\n- name: John", ["Jane", "John"]),
        ("author: {name: Jane}", ["Jane"]),
        ("author: 'Jane Doe ([@jd](https://social.example.org/jd)) and J (@r)'", ["Jane Doe", "J"]),
        ("authors: ['[Jane Doe](https://example.org/a,b)']", ["Jane Doe"]),
        ("authors: [{x: y}, [a], 3]", ["3"]),
        ("title: none", []),
    ],
)
def test_authors_come_in_many_forms(front: str, names: list[str]) -> None:
    assert [person.name for person in post(front).authors] == names


@pytest.mark.parametrize(
    ("front", "key"),
    [
        ("draft: true", "2024-02-03-a.md"),
        ("published: false", "2024-02-03-a.md"),
        ("permalink: false", "2024-02-03-a.md"),
        ("title: One", "_drafts/a.md"),
        ("title: One", "no-date-anywhere.md"),
    ],
)
def test_drafts_are_known_by_every_sign(front: str, key: str) -> None:
    assert post(front, key=key).is_draft


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("We-Are_Hiring.v2", "We-Are_Hiring.v2"),
        ("зима близько", "зима-близько"),
        ("50%25 off!", "50-25-off"),
        ("..hidden", "hidden"),
        ("???", "one"),
    ],
)
def test_slugs_keep_what_they_may(name: str, slug: str) -> None:
    assert post("title: One", key=f"2024-02-03-{name}.md").slug == slug


def test_a_dated_permalink_is_the_address() -> None:
    found = post("title: One\npermalink: /2024/02/01/other/")
    assert (found.slug, found.day) == ("other", date(2024, 2, 1))


def test_a_pattern_is_no_permalink() -> None:
    assert post("permalink: /:year/:title/").permalink == ""
    assert post('permalink: "/{{ page.fileSlug }}/"').permalink == ""


def test_without_a_title_the_first_heading_moves_up() -> None:
    found = post("date: 2024-01-01", body="\n# The *heading*\n\nText.")
    assert (found.headline, found.body) == ("The *heading*", "Text.")
    assert found.body_line == 6
    assert "no title" in "".join(found.notes)


def test_without_any_heading_the_file_gives_the_title() -> None:
    assert post("").headline == "a post"


def test_a_date_that_cannot_be_read_falls_back_on_the_name_and_is_said() -> None:
    found = post("date: someday")
    assert found.day == date(2024, 2, 3)
    assert "cannot be read" in "".join(found.notes)


def test_the_same_excerpt_twice_is_one_standfirst() -> None:
    found = post("excerpt: <p>We “did” it.</p>\ndescription: We “did” it")
    assert found.standfirst == "We “did” it."
    assert found.notes == ("no title; named after its file",)


def test_a_different_description_is_said_to_be_left_out() -> None:
    found = post("title: a\nexcerpt: One.\ndescription: Another.")
    assert found.notes == ("description left out: it differs from the excerpt",)


def test_tags_of_html_leave_titles_and_others_stay() -> None:
    assert post("title: On <em>and</em> List<T> &amp; more").headline == "On and List<T> & more"


def test_a_title_that_is_too_long_is_cut_and_said() -> None:
    found = post(f"title: {'x' * 400}")
    assert len(found.headline) == 300
    assert "shortened" in "".join(found.notes)


@pytest.mark.parametrize(
    ("tag", "read_as"), [("en_US.UTF-8", "en-US"), ("uk", "uk"), ("not one!", "")]
)
def test_languages_are_tags(tag: str, read_as: str) -> None:
    assert post(f"lang: {tag}").language == read_as


def test_front_matter_without_a_place_is_named() -> None:
    assert post("title: a\nhero: false\nlayout: post\nempty:").unused == ("hero",)


def test_jekylls_tags_in_one_text_are_words_and_commas_part_others() -> None:
    assert post("tags: one two").topics == ("one", "two")
    assert post("keywords: open data, war").topics == ("open data", "war")
    assert post("category: Open Data").topics == ("Open Data",)


def test_zones_far_away_do_not_matter() -> None:
    found = moment("2024-01-01T00:00:00+14:00", UTC)
    assert found is not None
    assert found.at.utcoffset() == timedelta(hours=14)


def test_zolas_tables_hold_topics_and_authors() -> None:
    front = """+++
title = "A"
date = 2024-02-03
[taxonomies]
tags = ["Energy", "Grid"]
[extra]
author = "Jane Doe"
title = "for the menu"
+++
x"""
    found = described("content/a.md", read(front), KYIV)
    assert found.headline == "A"
    assert found.topics == ("Energy", "Grid")
    assert [person.name for person in found.authors] == ["Jane Doe"]
    assert found.unused == ()


def test_astros_words_for_dates_and_pictures_are_known() -> None:
    found = post(
        "pubDatetime: 2015-06-15T10:00:00Z\nheroImage: ../a.png\nupdatedDate: x", key="a.md"
    )
    assert found.day == date(2015, 6, 15)
    assert found.picture == LeadPicture("../a.png")
    assert found.unused == ()
