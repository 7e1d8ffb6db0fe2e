import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.markup import fold, is_slug, slug_problem, slugify
from blog.markup.slugs import LONGEST


@pytest.mark.parametrize(
    "slug",
    ["a", "asking-for-range", "2024.11.18", "18F_Blog", "про-дальність", "हिन्दी", "日本語", "ﬁn"],
)
def test_letters_of_any_script_digits_and_three_marks_make_a_slug(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "A slug cannot be empty."),
        ("a b", "A slug cannot hold a space: use letters, digits, “.”, “_” or “-”."),
        ("a/b", "A slug cannot hold “/”: use letters, digits, “.”, “_” or “-”."),
        ("a\u200bb", "A slug cannot hold U+200B: use letters, digits, “.”, “_” or “-”."),
        ("..", "A slug begins with a letter or a digit, not with “.”."),
        ("-a", "A slug begins with a letter or a digit, not with “-”."),
        ("и\u0306", "A slug must be in Unicode’s composed form (NFC)."),
        ("a" * 201, "A slug has at most 200 characters; this one has 201."),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_slug(text: str, problem: str) -> None:
    assert slug_problem(text) == problem
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Range", "rANGE"), ("ПРО", "про"), ("Straße", "STRASSE"), ("и\u0306", "й"), ("ſ", "S")],
)
def test_slugs_are_compared_without_case_and_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("The permission that arrived by leak", "the-permission-that-arrived-by-leak"),
        ("Про дальність: відповідь", "про-дальність-відповідь"),
        ("It’s 10,000 — or so!", "its-10-000-or-so"),
        ("Прем'єр", "премєр"),
        ("हिन्दी में", "हिन्दी-में"),
        ("  _a_ / b  ", "a-b"),
        ("\u0301 a", "a"),
        ("…", ""),
        ("word " * 50, "-".join(["word"] * 40)),
        ("x" * 300, "x" * LONGEST),
    ],
)
def test_a_headline_becomes_a_slug_in_its_own_script(headline: str, slug: str) -> None:
    assert slugify(headline) == slug


@given(st.text(max_size=300))
def test_what_slugify_makes_is_a_slug_and_stays_one(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
