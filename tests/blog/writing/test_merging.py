"""Two people's changes of one text, put together: what each touched stays, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.merging import END, MINE, THEIRS, marked_lines, merge, units

BASE = "One.\n\nTwo.\n\nThree.\n\nFour."

paragraphs = st.sampled_from(
    ["One.", "Two.", "# Head", "- a\n- b", "Žluť 🌊", "ё́ і", "```\nx\n```"]
)
texts = st.lists(paragraphs, max_size=7).map("\n\n".join)
anything = st.text(alphabet="ab \n\tё🌊\u0301", max_size=40)


def test_changes_of_different_paragraphs_both_stand() -> None:
    mine = BASE.replace("One.", "One, mine.")
    theirs = BASE.replace("Three.", "Three, theirs.") + "\n\nFive."
    assert merge(BASE, mine, theirs) == (
        type(merge(BASE, mine, theirs))("One, mine.\n\nTwo.\n\nThree, theirs.\n\nFour.\n\nFive.", 0)
    )


def test_neighbouring_paragraphs_are_different_ones() -> None:
    mine, theirs = BASE.replace("Two.", "2."), BASE.replace("Three.", "3.")
    merged = merge(BASE, mine, theirs)
    assert (merged.text, merged.conflicts) == ("One.\n\n2.\n\n3.\n\nFour.", 0)


def test_what_one_took_out_and_the_other_left_alone_is_out() -> None:
    mine, theirs = "One.\n\nThree.\n\nFour.", BASE + "\n\nFive."
    assert merge(BASE, mine, theirs).text == "One.\n\nThree.\n\nFour.\n\nFive."


def test_where_both_changed_one_paragraph_both_stand_between_marks() -> None:
    mine, theirs = BASE.replace("Two.", "Two, mine."), BASE.replace("Two.", "Two, theirs.")
    merged = merge(BASE, mine, theirs)
    both = [THEIRS, "Two, theirs.", MINE, "Two, mine.", END]
    assert merged.text.split("\n\n") == ["One.", *both, "Three.", "Four."]
    assert merged.conflicts == 1
    assert marked_lines(merged.text) == [3]


def test_what_one_took_out_and_the_other_changed_is_asked_about() -> None:
    merged = merge(BASE, "One.\n\nThree.\n\nFour.", BASE.replace("Two.", "Two, theirs."))
    assert (merged.conflicts, "Two, theirs." in merged.text) == (1, True)


def test_the_same_change_is_one() -> None:
    same = BASE.replace("Two.", "2.")
    assert merge(BASE, same, same + "\n\nFive.").text == same + "\n\nFive."


def test_the_line_ends_of_a_form_are_no_change() -> None:
    mine = BASE.replace("\n", "\r\n")
    theirs = BASE.replace("Two.", "2.")
    assert merge(BASE, mine, theirs).text == theirs


def test_without_the_common_text_nothing_of_either_is_lost() -> None:
    merged = merge(None, "A\n\nMine\n\nB", "A\n\nB\n\nTheirs")
    assert merged.text == "A\n\nMine\n\nB\n\nTheirs"
    assert merged.conflicts == 0


def test_spaces_around_a_paragraph_alone_decide_nothing() -> None:
    assert merge(BASE, BASE.replace("Two.", "2."), BASE + "\n").conflicts == 0


@given(anything)
def test_paragraphs_joined_are_the_text_again(text: str) -> None:
    assert "".join(units(text)) == text


@given(texts, texts)
def test_who_alone_changed_it_is_right_to_the_character(base: str, changed: str) -> None:
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed
    assert merge(base, changed, changed).text == changed


@given(texts, texts, texts)
def test_whatever_either_wrote_is_in_it(base: str, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    for side in (mine, theirs):
        for paragraph in set(side.split("\n\n")) - set(base.split("\n\n")):
            assert paragraph in merged.text


@given(texts, texts)
def test_with_no_common_text_known_everything_of_both_is_in_it(mine: str, theirs: str) -> None:
    merged = merge(None, mine, theirs)
    for paragraph in {*mine.split("\n\n"), *theirs.split("\n\n")}:
        assert paragraph in merged.text


@pytest.mark.parametrize("size", [3000])
def test_a_book_is_merged_at_once(size: int) -> None:
    base = "\n\n".join(f"Paragraph {number}." for number in range(size))
    mine, theirs = base.replace(" 10.", " ten."), base.replace(" 2000.", " two thousand.")
    assert merge(base, mine, theirs).conflicts == 0
