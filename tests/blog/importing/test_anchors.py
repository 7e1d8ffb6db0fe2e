"""Links to a heading of the same text, or of another post, lead to that paragraph here."""

from pathlib import Path
from urllib.parse import quote

import pytest

from blog.importing.anchors import place, places_of
from blog.importing.report import Finding
from blog.markup import parse
from blog.models import CrossReference, Post
from tests.blog.importing.folders import blog, body, load, told


def paragraph(key: str, words: str) -> str:
    """The id of the paragraph with these words in the post of a file."""
    found = parse(body(key)).paragraphs
    return next(each.id for each in found if each.text.startswith(words))


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("What’s new, in 2.0?", "whats-new-in-20"),
        ("What’s new, in 2.0?", "what-s-new-in-2-0"),
        ("1. The first_thing", "the-first_thing"),
        ("1. The first_thing", "1-the-first_thing"),
        ("Що далі — й навіщо", "що-далі--й-навіщо"),
        ("Що далі — й навіщо", quote("що-далі--й-навіщо")),
        ("The `code` *and* [link](/x/)", "the-code-and-link"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_the_address_that_others_make_of_it(
    heading: str, fragment: str
) -> None:
    document = parse(f"Before.\n\n## {heading}\n\nAfter.")

    assert place(places_of(document, {}), fragment) == document.paragraphs[1].id


def test_a_heading_that_comes_again_has_a_number() -> None:
    document = parse("# Notes\n\nA.\n\n# Notes\n\nB.\n\nNotes\n=====")
    places = places_of(document, {})
    first, _, second, _, third = (each.id for each in document.paragraphs)

    assert [place(places, name) for name in ("notes", "notes-1", "notes-2")] == [
        first,
        second,
        third,
    ]
    assert place(places, "notes-9") == ""


def test_a_heading_without_an_english_letter_is_a_section_with_a_number() -> None:
    document = parse("# Начало\n\nA.\n\n# Что такое CSS\n\nB.\n\n# Конец\n\nC.")
    places = places_of(document, {})
    first, _, css, _, last, _ = (each.id for each in document.paragraphs)

    assert [place(places, name) for name in ("section", "css", "section-1")] == [first, css, last]


@pytest.mark.django_db
def test_links_within_a_text_and_from_other_posts_lead_to_the_paragraph(tmp_path: Path) -> None:
    blog(
        tmp_path,
        {
            "2015-01-02-one.md": "[down](#the-end) <a href='#mark'>x</a> [no](#nowhere)\n\n"
            '## The end\n\nText.\n\n## Named {#mine}\n\n<a name="mark"></a>\nMarked.',
            "2015-01-03-two.md": "[a](/2015/01/02/one/#the-end) [b](2015-01-02-one.md#mine) "
            "[c]({% post_url 2015-01-02-one %}#mark) [d](https://old.test/2015/01/02/one#the-end)",
        },
    )
    report = load(tmp_path, "https://old.test")
    end, mine, mark = (paragraph("2015-01-02-one.md", w) for w in ("The end", "Named", "Marked"))

    assert f"[down](#{end})" in body("2015-01-02-one.md")
    assert f'href="#{mark}"' in body("2015-01-02-one.md")
    assert "[no](#nowhere)" in body("2015-01-02-one.md")
    assert "## Named\n" in body("2015-01-02-one.md")
    rows = CrossReference.objects.filter(post__slug="two").order_by("position")
    assert [row.target_paragraph for row in rows] == [end, mine, mark, end]
    assert {row.target for row in rows} == {Post.objects.get(slug="one")}
    assert told(report, Finding.ANCHOR) == [("2015-01-02-one.md", 4, "#nowhere")]
    assert load(tmp_path, "https://old.test").counts["unchanged"] == 2
