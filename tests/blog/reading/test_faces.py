"""The faces that a page asks for before it is painted: two, and what its letters need."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from blog.social import SANS, SERIF, _has
from blog.templatetags.faces import further_faces
from tests.factories import make_post

USUAL = ["brygada-latin", "franklin"]
ITALIC, HEAVY = "brygada-latin-italic", "brygada-latin-bold-italic"


def asked_for(html: str) -> list[str]:
    return re.findall(r'<link rel="preload" href="/static/fonts/([\w-]+)\.woff2" as="font"', html)


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("<p>“Plain” – and façade’s ½ €</p>", []),
        ("<p>Світло</p>", ["brygada-cyrillic"]),
        ("<p>ґ</p>", ["brygada-cyrillic"]),
        ("<p>Łódź</p>", ["brygada-latin-ext"]),
        ("<p>Łódź, Львів</p>", ["brygada-cyrillic", "brygada-latin-ext"]),
        ("<cite>Світло</cite>", [ITALIC, "brygada-cyrillic", "brygada-cyrillic-italic"]),
        ('<em lang="pl">Łódź</em>', [ITALIC, "brygada-latin-ext", "brygada-latin-ext-italic"]),
        (
            '<p class="standfirst" lang="uk">Світло</p>',
            [ITALIC, "brygada-cyrillic", "brygada-cyrillic-italic"],
        ),
        ("<address>So</address>", [ITALIC]),
        ('<p class="line empty">None.</p>', [ITALIC]),
        ('<p class="emptying"><b>So</b> <img></p>', []),
        ("<em>So</em> Світло", [ITALIC, "brygada-cyrillic"]),
        ("<em><strong>So</strong></em>", [ITALIC, HEAVY]),
        ("<strong>As <em>they</em> said</strong>", [ITALIC, HEAVY]),
        ('<h2 id="so">What <em>they</em> said</h2>', [ITALIC, HEAVY]),
        ("<h4>So</h4>", [ITALIC, HEAVY]),
        ("<strong>So</strong> <em>they</em> said", [ITALIC]),
        ("<h2>So</h2><p><em>They</em> said</p>", [ITALIC]),
        (
            "<em><strong>Світло</strong></em>",
            [ITALIC, HEAVY, "brygada-cyrillic", "brygada-cyrillic-bold-italic"],
        ),
        ("<img alt=''> Світло", ["brygada-cyrillic"]),
        ('<svg class="arc"><p class="tip">Світло</p></svg> Light <svg>…</svg>', []),
        ("日本語 עברית", []),
    ],
)
def test_letters_of_another_script_ask_for_its_faces(text: str, faces: list[str]) -> None:
    assert further_faces(text) == faces


@pytest.mark.django_db
def test_a_page_asks_for_the_faces_of_all_its_letters_before_its_text() -> None:
    make_post("Світло за розкладом", slug="light", standfirst="Коротко.")

    for path in ("/", "/2024/11/18/light/"):
        content = Client().get(path).content.decode()
        wanted = [*USUAL, ITALIC, "brygada-cyrillic", "brygada-cyrillic-italic"]
        assert asked_for(content.partition('<a class="skip"')[0]) == wanted, path


@pytest.mark.django_db
def test_a_page_in_plain_letters_asks_for_no_more_than_three() -> None:
    make_post("Plain", slug="plain", standfirst="So.")

    assert asked_for(Client().get("/2024/11/18/plain/").content.decode()) == [*USUAL, ITALIC]
    assert asked_for(Client().get("/2024/11/").content.decode()) == USUAL


def signs_of_ours() -> Iterator[str]:
    """What styles and templates set beyond ASCII, and the script for readers."""
    for file in Path(settings.BASE_DIR, "static/css").glob("*.css"):
        for content in re.findall(r'content:"([^"]*)"', file.read_text(encoding="utf-8")):
            yield re.sub(r"\\([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), content)
    for file in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        yield html.unescape(file.read_text(encoding="utf-8"))
    yield Path(settings.BASE_DIR, "static/passim.js").read_text(encoding="utf-8")


def test_no_sign_of_ours_is_left_to_a_face_that_is_not_ours() -> None:
    """An arrow would be a picture in colours on some phones."""
    invisible = {"\u2060"}
    signs = {sign for text in signs_of_ours() for sign in text if ord(sign) > 126} - invisible
    assert {"↗", "¶", "“"} <= signs
    assert [sign for sign in signs if not _has(SERIF, sign) and not _has(SANS, sign)] == []


def test_all_that_the_styles_set_in_italics_is_known() -> None:
    files = Path(settings.BASE_DIR, "static/css").glob("*.css")
    styles = "\n".join(file.read_text(encoding="utf-8") for file in files)
    rules = re.findall(r"^([^@{}\n]+)\{[^}]*font-style:italic", styles, re.MULTILINE)
    ends = {each.split()[-1] for rule in rules for each in rule.split(",")}
    assert len(ends) > 5
    for end in ends:
        element = f'<p class="{end[1:]}">' if end.startswith(".") else f"<{end}>"
        assert further_faces(element) == [ITALIC], end
