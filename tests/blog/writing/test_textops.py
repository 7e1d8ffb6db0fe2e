"""Changes of the text, one by one: what each makes of a text, and that it touches nothing else."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from blog.markup import Kind, parse
from tests.blog.writing.carets import drawn, state_of

pytestmark = pytest.mark.django_db(transaction=True)

RUN = """async ([name, state, args]) => {
    const ops = await import('/static/admin/writing/textops.js');
    const edit = ops[name](state, ...args);
    const text = ops.apply(state.text, edit);
    return { text, start: edit.select[0], end: edit.select[1], edit };
}"""
KINDS = [*(kind.value for kind in Kind), "claim"]


@pytest.fixture
def ops(page: Page) -> Page:
    page.goto("/static/admin/writing/textops.js")
    return page


def after(ops: Page, name: str, before: str, *args: Any) -> str:
    return drawn(ops.evaluate(RUN, [name, state_of(before), list(args)]))


WRAPPED = [
    ("a «word» here", "a **«word»** here"),
    ("a **«word»** here", "a «word» here"),
    ("a «**word**» here", "a «word» here"),
    ("a « word » here", "a  **«word»**  here"),
    ("a ‸ here", "a **‸** here"),
    ("a **‸** here", "a ‸ here"),
    ("an *«word»* here", "an ***«word»*** here"),
    ("a ***«word»*** here", "a *«word»* here"),
    ("«Слово 🇺🇦 é»", "**«Слово 🇺🇦 é»**"),
]


def test_bold_stands_against_the_words_and_comes_off_again(ops: Page) -> None:
    made = [(before, after(ops, "wrap", before, "**")) for before, _ in WRAPPED]
    assert made == WRAPPED


CHANGED = [
    ("wrap", "a «word»", "a *«word»*", ["*"]),
    ("wrap", "a **«word»**", "a ***«word»***", ["*"]),
    ("link", "see «the page» now", "see [the page](‸) now", []),
    ("link", "see ‸", "see [‸]()", []),
    ("link", "see «https://a.org/b»", "see [‸](https://a.org/b)", []),
    ("link", "«a ] b»", r"[a \] b](‸)", []),
    ("quote", "one\nt‸wo\nthree", "one\n> t‸wo\nthree", []),
    ("quote", "«one\n\ntwo»", "«> one\n>\n> two»", []),
    ("quote", "«> one\n>\n> two»", "«one\n\ntwo»", []),
    ("list", "«one\ntwo»", "«- one\n- two»", []),
    ("list", "«- one\n- two»", "«one\ntwo»", []),
    ("list", "«1. one\n2. two»", "«- one\n- two»", []),
    ("list", "‸", "- ‸", []),
    ("numbered", "«one\ntwo»\nthree", "«1. one\n2. two»\nthree", []),
    ("heading", "Title‸", "## Title‸", []),
    ("heading", "## Title‸", "### Title‸", []),
    ("heading", "### Title‸", "Title‸", []),
    ("footnote", "So it is.‸ Or not.", "So it is.[^1] Or not.\n\n[^1]: ‸", []),
    ("footnote", "A.[^1] B‸.\n\n[^1]: N.", "A.[^1] B[^2].\n\n[^1]: N.\n[^2]: ‸", []),
    ("footnote", "A.[^1] B.\n\n[^1]: N‸.", "A.[^1]‸ B.\n\n[^1]: N.", []),
    ("begin", "as I «wrote then» of it", "as I [[‸|wrote then]] of it", ["[["]),
    ("begin", "as I ‸", "as I [[‸", ["[["]),
    ("begin", "it «says» so", "it says[@‸ so", ["[@"]),
    ("linked", "as «reported» then", "as [reported](https://a.org/b)‸ then", ["https://a.org/b"]),
    ("linked", "«it»", "[it](<https://a.org/b_(c)>)‸", ["https://a.org/b_(c)"]),
    ("referred", "as «reported» then", "as [[slug|reported]]‸ then", ["slug"]),
    ("referred", "as ‸", "as [[slug|«here»]]", ["slug"]),
    ("referred", "| a | «b» |", r"| a | [[slug\|b]]‸ |", ["slug"]),
    ("cited", "It was.‸", "It was.[@key]‸", ["key"]),
    ("cited", "It was [see @a; ‸].", "It was [see @a; @key‸].", ["key"]),
    ("cited", "It was.‸", "It was.[@{a,b}]‸", ["a,b"]),
    ("placed", "one‸ two", "oneword‸ two", ["word"]),
    ("placed", "one ‸two", "one \n\n- a\n- b‸\n\ntwo", ["- a\n- b"]),
    ("placed", "one\n\n‸\n\ntwo", "one\n\n## H\n\nP‸\n\ntwo", ["## H\n\nP"]),
]


def test_a_change_makes_what_is_meant_and_leaves_the_caret_where_writing_goes_on(
    ops: Page,
) -> None:
    made = [
        (name, before, after(ops, name, before, *args), args) for name, before, _, args in CHANGED
    ]
    assert made == CHANGED


SPOTS: list[tuple[str, dict[str, Any] | None]] = [
    ("see [[den‸", {"type": "post", "query": "den", "from": 6}),
    ("see [[updates::den‸", {"type": "post", "query": "den", "kind": "updates"}),
    ("see [[two words‸", {"type": "post", "query": "two words"}),
    ("see [[слово‸", {"type": "post", "query": "слово"}),
    ("see [[claim::perm‸", {"type": "claim", "query": "perm", "kind": "claim", "from": 13}),
    ("see [[claim::‸|words]]", {"type": "claim", "query": "", "isClosed": True}),
    ("see [[claim::perm#p‸", None),
    ("see [[den‸ial|words]]", {"type": "post", "query": "den", "to": 12, "isClosed": True}),
    ("see [[denial#de‸", {"type": "paragraph", "slug": "denial", "query": "de"}),
    ("see [[::‸", {"type": "kind", "query": ""}),
    ("see [[up::‸den|x]]", {"type": "kind", "query": "up"}),
    ("see [[::up‸", {"type": "kind", "query": "up"}),
    ("It is [@led‸", {"type": "source", "query": "led"}),
    ("It is [see @a, p. 3; @led‸]", {"type": "source", "query": "led", "isClosed": True}),
    ("It is [-@led‸", {"type": "source", "query": "led"}),
    ("see [[denial|wor‸ds]]", None),
    ("see [[denial]]‸", None),
    ("see [denial‸", None),
    ("me@example.org‸", None),
    ("[write to me@exa‸", None),
    ("It is [@led, p. 3‸]", None),
    ("It is [^no‸", None),
    ("in `a[[0‸`", None),
    ("```\na[[0‸\n```", None),
    ("a [[b\nc‸", None),
    ("see [[«den»", None),
]


SPOT = """async ([state, kinds]) =>
    (await import('/static/admin/writing/textops.js')).completionAt(state, kinds)"""


def test_what_the_caret_stands_in_is_known(ops: Page) -> None:
    for before, expected in SPOTS:
        spot = ops.evaluate(SPOT, [state_of(before), KINDS])
        told = spot and {name: spot[name] for name in expected or spot}
        assert (before, told) == (before, expected)


CHOSEN = [
    ("I wrote of it [[den‸ before.", {"value": "s"}, "I wrote of it [[s|«here»]] before."),
    ("[[updates::den‸", {"value": "s"}, "[[updates::s|«here»]]"),
    ("[[den‸", {"value": "s", "kind": "corrects"}, "[[corrects::s|«here»]]"),
    ("[[corrects::den‸", {"value": "s", "kind": "background"}, "[[s|«here»]]"),
    ("[[‸|I wrote]] of it", {"value": "s"}, "[[s|I wrote]]‸ of it"),
    ("[[den‸ial|words]] of it", {"value": "s"}, "[[s|words]]‸ of it"),
    ("[[s#den‸", {"value": "p-1"}, "[[s#p-1|«here»]]"),
    ("[[claim::per‸ then", {"value": "s"}, "[[claim::s|«here»]] then"),
    ("[[claim::‸|They agreed]] then", {"value": "s"}, "[[claim::s|They agreed]]‸ then"),
    ("[[cl::‸", {"value": "claim"}, "[[claim::‸"),
    ("| [[den‸ |", {"value": "s"}, r"| [[s\|«here»]] |"),
    ("[[up‸::x", {"value": "s"}, "[[s|«here»]]::x"),
    ("[[up::‸", {"value": "updates"}, "[[updates::‸"),
    ("[[up::den‸", {"value": "updates"}, "[[updates::den‸"),
    ("It is [@led‸ so", {"value": "key"}, "It is [@key]‸ so"),
    ("It is [@led‸]", {"value": "key"}, "It is [@key‸]"),
    ("It is [@led‸", {"value": "key", "withPage": True}, "It is [@key, p. ‸]"),
    ("[see @a; @led‸]", {"value": "key"}, "[see @a; @key‸]"),
]
CHOOSE = """async ([state, kinds, choice]) => {
    const ops = await import('/static/admin/writing/textops.js');
    const edit = ops.choose(state, ops.completionAt(state, kinds), choice);
    return { text: ops.apply(state.text, edit), start: edit.select[0], end: edit.select[1] };
}"""


def test_a_choice_takes_the_place_of_what_was_typed_and_of_nothing_else(ops: Page) -> None:
    made = [
        (before, choice, drawn(ops.evaluate(CHOOSE, [state_of(before), KINDS, choice])))
        for before, choice, _ in CHOSEN
    ]
    assert made == CHOSEN


# Anything an author may have written; the browser keeps line breaks as \n and no half characters.
TEXT = st.text(
    st.one_of(
        st.sampled_from("ab[]()|#@^*_`>-1. \n:;,їЄж́é👩‍🚀🇺🇦\u200d\u0301\ufe0f中"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"),
    ),
    max_size=60,
)
CHANGES: list[tuple[str, list[Any]]] = [
    ("wrap", ["**"]), ("wrap", ["*"]), ("link", []), ("quote", []), ("list", []),
    ("numbered", []), ("heading", []), ("footnote", []), ("begin", ["[["]), ("begin", ["[@"]),
    ("linked", ["https://a.org/b"]), ("referred", ["slug"]), ("cited", ["key"]),
    ("placed", ["## One\n\n- two"]),
]  # fmt: skip
# Of each change: whether what is outside from … to stays, the caret is within the new text,
# and no character is cut in two.
HOLDS = """async ([before, inner, after, changes]) => {
    const ops = await import('/static/admin/writing/textops.js');
    const whole = before + inner + after;
    const state = { text: whole, start: before.length, end: before.length + inner.length };
    const isWhole = (text) => text.isWellFormed();
    return changes.filter(([name, args]) => {
        const { from, to, insert, select } = ops[name](state, ...args);
        const done = ops.apply(whole, { from, to, insert });
        const isKept = done.startsWith(whole.slice(0, from)) && done.endsWith(whole.slice(to));
        const isPlaced = select.every((at) => at >= 0 && at <= done.length)
            && isWhole(done.slice(0, select[0])) && isWhole(done.slice(select[1]));
        const lines = ['quote', 'list', 'numbered', 'heading'].includes(name);
        const isNear = lines || (from <= state.end && (to >= state.start));
        const letters = (text) => text.replace(/[^\\p{L}\\p{M}\\p{So}]/gu, '');
        const lost = ['cited', 'placed'].includes(name) || (name === 'referred' && !inner.trim());
        const isSaid = lost || letters(insert).includes(letters(whole.slice(from, to)));
        return !(isKept && isPlaced && isNear && isSaid && isWhole(done));
    }).map(([name]) => name);
}"""


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=TEXT, inner=TEXT, after=TEXT)
def test_a_change_touches_nothing_around_it_and_loses_no_word(
    before: str, inner: str, after: str, ops: Page
) -> None:
    assert ops.evaluate(HOLDS, [before, inner, after, CHANGES]) == []


def test_what_is_made_means_what_was_meant(ops: Page, live_server: LiveServer) -> None:
    """The marks are those of the language, read by its own parser."""
    made = after(ops, "referred", "As I «wrote [then] of it», so.", "a-post")
    (reference,) = parse(made.replace("‸", "")).references
    assert (reference.slug, reference.words) == ("a-post", "wrote [then] of it")
    made = after(ops, "linked", "As «a ] b» says.", "https://example.org/a_(b)")
    (link,) = parse(made.replace("‸", "")).links
    assert link.url == "https://example.org/a_(b)"
