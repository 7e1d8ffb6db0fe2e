"""Whatever is typed, nothing raises, nothing runs, nothing takes long."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.markup import Rendered, parse, render
from tests.blog.markup.fixture import TARGETS
from tests.blog.markup.judge import Judge, faults

OWN_ID = re.compile(r"p-[a-z2-7]{8}(-\d+)?|r\d+(-\d+)?")
MANY = 10_000
# Of the processor’s time; each takes a few tenths of one.
SECONDS = 4.0
FRAGMENTS = [
    *("[[", "]]", "[", "]", "](", ")", "|", "::", "#", "@", "[@", ";", "-@", "{", "}", "\\", "!"),
    *("the-case", "updates", "dm", "cl", "[[the-case|here]]", "[@dm, p. 3]", "[^1]", "[^1]: "),
    *("*", "**", "_", "`", "```\n", "~~", "> ", "- ", "1. ", "# ", "\n", "\n\n", "    ", "  \n"),
    *("<a href='", "<a href=javascript:x>", "</a>", "<b>", "</b>", "<div>", "</div>", "<p id=n1>"),
    *("<script>", "</script>", "<!--", "-->", "<img src=x onerror=y>", "<svg>", "<table>", "<td>"),
    *(
        "| a | b |\n|---|---|\n",
        "|",
        "\n[a]: javascript:x\n",
        "https://example.org/",
        "&#x6A;",
        "&",
    ),
    *("The U.S. said so. ", "“", "”", "«", "»", "。", "ı", "\u0301", "\ud800", "\x00", "\u2028"),
]
LARGE = {
    "brackets": "[" * MANY,
    "double brackets": "[[" * MANY,
    "bracket and at": "[@" * MANY,
    "unclosed words": "[[a|" * MANY,
    "unclosed keys": "[@a " * MANY,
    "one bracket of many keys": "[" + "@a;" * MANY + "]",
    "words with brackets": "[[a|" + "[x]" * MANY,
    "marks": "A b. [[a|c]] [@a]. " * MANY,
    "pictures of marks": "![[a]]" * MANY,
    "open links": "<a href=x>" * MANY + "</a>" * MANY,
    "open elements": "<b>" * MANY,
    "open blocks": "<div>\n\n" * 3000,
    "half tags": "<div>\n" + "<a '<b \"" * MANY,
    "comments": "<!--" * MANY,
    "instructions": "<?" * MANY,
    "scripts": "<script>" * MANY,
    "nested quotations": ">" * 1000 + " a",
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(1000)),
    "a chain of footnotes": "".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(3000)) + "x [^0]",
    "calls of one footnote": "x[^1] " * MANY + "\n\n[^1]: y",
    "open quotations": "“a. " * MANY,
    "open round brackets": "(a. B " * MANY,
    "abbreviations": "e.g. " * MANY + "[[a]]",
    "a long word": "a" * 100_000 + "[[a]]",
    "white space": "[[" + " " * 100_000,
    "locators": "[@a, " + "1-" * MANY + "]",
    "a long key": "[@" + "a:" * MANY + "]",
    "a table": "\n".join(["|" + "a|" * 200, "|" + "-|" * 200, *["|" + "[[x]]|" * 200] * 50]),
    "emphasis": "*a **b " * MANY,
    "code full of brackets": "```\n" + "[" * 100_000,
}


def _rendered(text: str) -> Rendered:
    document = parse(text)
    return render(document, TARGETS, lead_in=True, flag_unresolved=True)


def _all_html(text: str) -> str:
    rendered = _rendered(text)
    return "".join([rendered.html, *(note.html for note in rendered.notes)])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_is_a_document_in_which_nothing_runs(text: str) -> None:
    judged = Judge(_all_html(text))
    assert judged.faults == []
    assert [name for name in judged.ids if not OWN_ID.fullmatch(name)] == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_at_all_are_a_document(text: str) -> None:
    document = parse(text)
    assert document.text == text
    assert faults(_all_html(text)) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_every_mark_has_its_line_and_a_sentence_of_bearable_length(text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    for mark in parse(text).marks:
        assert 1 <= mark.line <= lines
        assert len(mark.sentence) <= 400
        assert mark.sentence == " ".join(mark.sentence.split())


@pytest.mark.parametrize("name", LARGE)
def test_large_hostile_texts_take_no_long_time(name: str) -> None:
    start = time.process_time()
    _rendered(LARGE[name])
    assert time.process_time() - start < SECONDS


def test_no_known_payload_runs(shared_folder: Path) -> None:
    read = (shared_folder / "samples" / "xss-payloads.json").read_text("utf-8")
    payloads = [each["payload"] for each in json.loads(read)]
    assert len(payloads) > 500
    for payload in payloads:
        for text in (
            payload,
            f"words {payload}",
            f"[[the-case|{payload}]]",
            f"[see {payload} @dm]",
        ):
            assert (text, faults(_all_html(text))) == (text, [])
