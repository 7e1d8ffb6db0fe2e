"""The panel's changes of the text touch what they are about and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from blog.desk.places import places_of_marks, places_without_alt, utf16
from blog.markup import Kind, Reference, parse

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = [kind.value for kind in Kind]
LETTERS = "ab є🇺🇦é`[]|\\@\n>*- "
WORDS = st.text(alphabet=LETTERS, max_size=30)
MARKS = st.sampled_from(
    ["[[range|here]]", "[[range]]", "[[updates::range#p1|*so*]]", "[@key, p. 3]", "![](/a.jpg)"]
)
QUICKLY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CALL = """async ([file, name, args]) =>
    (await import(`/static/admin/writing/${file}.js`))[name](...args)"""


@pytest.fixture
def scripts(page: Page) -> Page:
    page.goto("/static/admin/writing/textops.js")
    return page


@QUICKLY
@given(st.lists(st.tuples(WORDS, MARKS), max_size=6), WORDS)
def test_where_a_mark_is_said_to_stand_it_stands(parts: list[tuple[str, str]], end: str) -> None:
    text = "".join(words + mark for words, mark in parts) + end
    document = parse(text)
    lines = text.split("\n")
    places = [place for place in places_of_marks(document) if place]
    places += [place for _, place in places_without_alt(document)]
    for place in places:
        if place.column is not None:
            rest = "\n".join(lines[place.line - 1 :]).encode("utf-16-le")
            assert rest[place.column * 2 :].decode("utf-16-le").startswith(place.source)


@QUICKLY
@given(before=WORDS, inner=WORDS, after=WORDS)
def test_a_suggestion_leaves_every_other_letter_alone(
    scripts: Page, before: str, inner: str, after: str
) -> None:
    text = before + inner + after
    start = utf16(before)
    state = {"text": text, "start": start, "end": start + utf16(inner)}
    edit = scripts.evaluate(CALL, ["suggesting", "referTo", [state, "range"]])
    was = text.encode("utf-16-le")
    kept = was[: edit["from"] * 2].decode("utf-16-le"), was[edit["to"] * 2 :].decode("utf-16-le")
    assert kept[0].startswith(before)
    assert kept[1].endswith(after)
    made = kept[0] + edit["insert"] + kept[1]
    assert made.startswith(before)
    assert made.endswith(after)
    assert "[[range" in edit["insert"]
    taken = was[edit["from"] * 2 : edit["to"] * 2].decode("utf-16-le")
    assert taken.strip() == "" or taken in edit["insert"].replace("\\", "") or "\\" in taken


@pytest.mark.parametrize("words", ["", "their call", "a [b] c", "a ] b", "Слово 🇺🇦 é"])
def test_a_suggestion_reads_as_a_reference_with_those_words(scripts: Page, words: str) -> None:
    state = {"text": f"So {words}.", "start": 3, "end": 3 + utf16(words)}
    edit = scripts.evaluate(CALL, ["suggesting", "referTo", [state, "range"]])
    [mark] = parse(f"So {edit['insert']}.").references
    assert (mark.slug, mark.words) == ("range", words or "here")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "source", ["[[range]]", "[[ Updates :: range|a::b]]", "[[see-also::range#p1|*so*]]"]
)
def test_another_kind_leaves_the_rest_of_the_mark(scripts: Page, source: str, kind: str) -> None:
    changed = scripts.evaluate(CALL, ["panel_rows", "withKind", [source, kind]])
    [before], [after] = parse(source).references, parse(changed).references
    assert isinstance(after, Reference)
    assert after.kind == kind
    assert (after.slug, after.words, after.target_paragraph) == (
        before.slug,
        before.words,
        before.target_paragraph,
    )


PARAGRAPHS = "One\nline.\n\n \nTwo 🚀.\n\t\nThree."


@pytest.mark.parametrize(
    ("at", "paragraph"),
    [(0, "One\nline."), (9, "One\nline."), (14, "Two 🚀."), (len(PARAGRAPHS) + 1, "Three.")],
)
def test_the_paragraph_at_the_caret_lies_between_empty_lines(
    scripts: Page, at: int, paragraph: str
) -> None:
    assert scripts.evaluate(CALL, ["suggesting", "paragraphAt", [PARAGRAPHS, at]]) == paragraph
