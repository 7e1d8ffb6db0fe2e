"""The words of a claim, one by one: which sentence is meant, and that the text around it stays."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from blog.assuming import written_lines
from blog.markup import parse
from tests.blog.writing.carets import drawn, state_of
from tests.blog.writing.test_textops import TEXT

pytestmark = pytest.mark.django_db(transaction=True)

CALL = """async ([name, args]) =>
    (await import('/static/admin/writing/sentences.js'))[name](...args)"""
CLAIMED = """async ([state]) => {
    const { claimed } = await import('/static/admin/writing/sentences.js');
    const { apply } = await import('/static/admin/writing/textops.js');
    const edit = claimed(state, 'permission', 'They agreed');
    return edit && { text: apply(state.text, edit), start: edit.select[0], end: edit.select[1] };
}"""


@pytest.fixture
def scripts(page: Page) -> Page:
    page.goto("/static/admin/writing/sentences.js")
    return page


def call(scripts: Page, name: str, *args: Any) -> Any:
    return scripts.evaluate(CALL, [name, list(args)])


SENTENCES = [
    ("One is so. Tw‸o is not. Three.", "One is so. «Two is not.» Three."),
    ("One is so. Two is not.‸", "One is so. «Two is not.»"),
    ("One is so.‸ Two is not.", "«One is so.» Two is not."),
    ("It is so.[@wire] Then‸ it was.[^1] End.", "It is so.[@wire] «Then it was.»[^1] End."),
    ("It i‸s so.[see @a, p. 3; @b] Then.", "«It is so.»[see @a, p. 3; @b] Then."),
    ("As [[range|I said. Then]] it‸ was. End.", "«As [[range|I said. Then]] it was.» End."),
    ("Before.\n\n> They agr‸eed.\n\nAfter.", "Before.\n\n> «They agreed.»\n\nAfter."),
    ("- They agr‸eed.", "- «They agreed.»"),
    ("## They agr‸eed", "## «They agreed»"),
    ("Вони дали згоду‸. Потім ні.", "«Вони дали згоду.» Потім ні."),
    ("One « is so » here.", "One « is so » here."),
    ("‸", "‸"),
    ("One.\n\n‸\n\nTwo.", "One.\n\n‸\n\nTwo."),
]


def test_the_sentence_at_the_caret_is_meant_unless_words_are_selected(scripts: Page) -> None:
    made = []
    for before, _ in SENTENCES:
        state = state_of(before)
        made.append((before, drawn(state | call(scripts, "sentenceAt", state))))
    expected = [
        (before, after.replace("« is so »", " «is so» ") if "« is" in after else after)
        for before, after in SENTENCES
    ]
    assert made == expected


PLAIN = [
    ("It is **so**, [[range|as I said]], and [they](https://a.org/b) agreed.[@wire][^1]",
     "It is so, as I said, and they agreed."),
    ("On `one`\n> line *or* [[claim::x|two [sic]]].", "On one line or two [sic]."),
    ("[[range]] is 5 * 3.", "range is 5 * 3."),
]  # fmt: skip


def test_a_statement_is_what_a_reader_would_read(scripts: Page) -> None:
    assert [call(scripts, "plainOf", words) for words, _ in PLAIN] == [plain for _, plain in PLAIN]


MADE = [
    ("So «they agreed.» Then.", "So [[claim::permission|they agreed]]‸. Then."),
    ("So « they agreed » then.", "So  [[claim::permission|they agreed]]‸  then."),
    ("«They agreed, it is said.[@wire]»", "[[claim::permission|They agreed, it is said]]‸.[@wire]"),
    ("«As [[range|I said]], they agreed at last.»",
     "As [[range|I said]], [[claim::permission|they agreed at last]]‸."),
    ("«They a ] b agreed»", r"[[claim::permission|They a \] b agreed]]‸"),
    ("| a | «they agreed» |", r"| a | [[claim::permission\|they agreed]]‸ |"),
    ("So ‸", "So [[claim::permission|They agreed]]‸"),
    ("«> They agreed.»", "> [[claim::permission|They agreed]]‸."),
    ("«They\nagreed»", "[[claim::permission|They\nagreed]]‸"),
    ("See [[range|what «they» said]].", None),
    ("In `code «they» wrote`.", None),
    ("«[[range]]»", None),
]  # fmt: skip


def test_the_mark_goes_round_the_words_and_no_other_mark(scripts: Page) -> None:
    found = [(before, scripts.evaluate(CLAIMED, [state_of(before)])) for before, _ in MADE]
    assert [(before, after and drawn(after)) for before, after in found] == MADE
    for _, after in found:
        if after:
            [claim] = parse(after["text"]).claims
            assert claim.slug == "permission"


MARKS = [
    ("So [[claim::permission|they‸ agreed]].", {"slug": "permission", "words": "they agreed"}),
    ("So ‸[[ Claim :: permission ]].", {"slug": "permission", "words": ""}),
    ("So [[claim::a|x]] and [[claim::b|y [z]‸]].", {"slug": "b", "words": "y [z]"}),
    ("So ‸ [[claim::a|x]].", None),
    ("So [[range|x‸]].", None),
]


def test_the_claim_that_the_caret_stands_in_is_known(scripts: Page) -> None:
    made = [(before, call(scripts, "claimAt", state_of(before))) for before, _ in MARKS]
    assert made == MARKS


LINES = [
    ("", "slug | They agreed"),
    ("other\n", "other\nslug | They agreed"),
    ("SLUG | In my words", "SLUG | In my words"),
    ("[[claim::slug|words]]", "[[claim::slug|words]]"),
    ("slugs", "slugs\nslug | They agreed"),
]


def test_a_claim_is_assumed_once(scripts: Page) -> None:
    made = [
        (lines, call(scripts, "withAssumption", lines, "slug", "They agreed")) for lines, _ in LINES
    ]
    assert made == LINES
    for _, after in LINES:
        assert [line.slug.lower() for line in written_lines(after)].count("slug") == 1


HOLDS = """async ([before, inner, after]) => {
    const ops = await import('/static/admin/writing/textops.js');
    const words = await import('/static/admin/writing/sentences.js');
    const whole = before + inner + after;
    const state = { text: whole, start: before.length, end: before.length + inner.length };
    const meant = words.sentenceAt(state);
    const isPlaced = meant.start >= 0 && meant.start <= meant.end && meant.end <= whole.length
        && (!inner.trim() || (meant.start >= state.start && meant.end <= state.end));
    const edit = words.claimed({ text: whole, ...meant }, 'permission', 'x');
    if (!edit) return isPlaced;
    const done = ops.apply(whole, edit);
    const taken = whole.slice(edit.from, edit.to);
    return isPlaced && done.startsWith(whole.slice(0, edit.from))
        && done.endsWith(whole.slice(edit.to))
        && edit.from >= meant.start && edit.to <= meant.end
        && edit.insert.replaceAll('\\\\', '').includes(taken.replaceAll('\\\\', ''))
        && edit.insert.startsWith('[[claim::permission') && done.isWellFormed();
}"""


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=TEXT, inner=TEXT, after=TEXT)
def test_assuming_touches_nothing_around_the_words_and_loses_none(
    before: str, inner: str, after: str, scripts: Page
) -> None:
    assert scripts.evaluate(HOLDS, [before, inner, after])
