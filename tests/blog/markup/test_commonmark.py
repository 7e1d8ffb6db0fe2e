"""The 652 examples of CommonMark 0.31.2, with our marks off and on."""

import json
import re
from pathlib import Path
from typing import TypedDict

import pytest

from blog.markup import render_plain

# `[[[foo]]]` and `![[foo]]`: in these two examples alone CommonMark shows what is a mark of ours.
DIFFER_WITH_MARKS = [548, 590]
BETWEEN_TAGS = re.compile(r">\s+<")
SPACE = re.compile(r"\s+")


class Example(TypedDict):
    markdown: str
    html: str
    section: str
    example: int


@pytest.fixture(scope="module")
def examples(shared_folder: Path) -> list[Example]:
    read = (shared_folder / "samples" / "commonmark-0.31.2.json").read_text("utf-8")
    found: list[Example] = json.loads(read)
    return found


def _spaceless(html: str) -> str:
    return SPACE.sub(" ", BETWEEN_TAGS.sub("><", html)).strip()


def _differing(examples: list[Example], *, with_marks: bool) -> list[int]:
    return [
        each["example"]
        for each in examples
        if _spaceless(render_plain(each["markdown"], with_marks=with_marks))
        != _spaceless(each["html"])
    ]


def test_without_marks_the_language_is_commonmark(examples: list[Example]) -> None:
    assert len(examples) == 652
    assert _differing(examples, with_marks=False) == []


def test_with_marks_only_these_examples_differ(examples: list[Example]) -> None:
    assert _differing(examples, with_marks=True) == DIFFER_WITH_MARKS
