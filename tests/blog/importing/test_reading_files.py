"""From bytes to text to front matter: every encoding and format, and what is refused."""

import json

import pytest

from blog.importing.encoding import MAX_BYTES, FileRefused, text_of, with_plain_line_ends
from blog.importing.front_matter import read


def refusal(text: str) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Zażółć".encode(), "Zażółć", ""),
        ("\ufeffтекст".encode(), "текст", ""),
        ("Київ".encode("utf-16"), "Київ", "read as UTF-16"),
        ("Café crème".encode("latin-1"), "Café crème", "not UTF-8; read as cp1252"),
        (
            "Світло за розкладом".encode("cp1251"),
            "Світло за розкладом",
            "not UTF-8; read as cp1251",
        ),
    ],
)
def test_a_text_is_read_in_whatever_encoding_it_has(data: bytes, text: str, note: str) -> None:
    assert text_of(data) == (text, note)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"one\ntwo \0 three", "NUL"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        text_of(data)


def test_the_line_of_a_nul_byte_is_named() -> None:
    with pytest.raises(FileRefused) as caught:
        text_of(b"one\ntwo \0 three")
    assert caught.value.line == 2


def test_line_ends_become_plain() -> None:
    assert with_plain_line_ends("a\r\nb\rc\n") == "a\nb\nc\n"


def test_yaml_front_matter_is_parted_from_the_body() -> None:
    found = read("---\ntitle: One\nimage-alt: Two\n---\n\nBody\n")
    assert dict(found.values) == {"title": "One", "image_alt": "Two"}
    assert found.body == "\nBody\n"
    assert found.body_line == 4


def test_values_stay_as_they_were_written() -> None:
    found = read("---\ntitle: 2024\nslug: 0123\ndraft: Yes\ndate: 2024-01-02\ntime: 12:30\n---\n")
    assert list(found.values.values()) == ["2024", "0123", "Yes", "2024-01-02", "12:30"]


def test_toml_front_matter_of_hugo_is_read() -> None:
    found = read(
        '+++\ntitle = "One"\ndate = 2024-01-02T03:04:05Z\ndraft = true\n[cover]\nimage="a"\n+++\nB'
    )
    assert found.values["date"] == "2024-01-02T03:04:05+00:00"
    assert found.values["draft"] == "true"
    assert found.values["cover"] == {"image": "a"}
    assert found.body == "B"


def test_json_front_matter_is_read() -> None:
    found = read(json.dumps({"title": "One", "tags": ["a"]}) + "\n\nBody")
    assert found.values == {"title": "One", "tags": ["a"]}
    assert (found.body, found.body_line) == ("Body", 2)


@pytest.mark.parametrize(
    ("said", "source"),
    [("json", '{"title": "One"}'), ("toml", 'title = "One"'), ("yaml", "title: One")],
)
def test_front_matter_may_name_its_format(said: str, source: str) -> None:
    found = read(f"---{said}\n{source}\n---\nBody")
    assert found.values == {"title": "One"}
    assert (found.body, found.body_line) == ("Body", 3)


def test_front_matter_that_is_a_program_is_refused() -> None:
    assert "JavaScript" in refusal("---js\n{title: 'One'}\n---\nBody").reason
    refused = refusal("---json\n{\n'title': 1}\n---\nBody")
    assert ("not JSON" in refused.reason, refused.line) == (True, 3)


@pytest.mark.parametrize(
    "text", ["Just a text.", "---\nA rule above and below.\n---\nMore", "{ not json"]
)
def test_a_text_without_front_matter_is_all_body(text: str) -> None:
    assert read(text).body == text


@pytest.mark.parametrize(
    ("written", "title", "slip"),
    [
        ("title: One: two", "One: two", "quotes"),
        ('title: "He said "no" to me"', 'He said "no" to me', "quotes"),
        ("title: @handle", "@handle", "quotes"),
        ("title: One\nmore:\n\ttags: x", "One", "a tab"),
    ],
)
def test_a_plain_slip_is_read_as_it_was_meant_and_said(written: str, title: str, slip: str) -> None:
    found = read(f"---\n{written}\n---\nB")
    assert found.values["title"] == title
    assert slip in "".join(found.notes)


def test_a_tab_behind_a_list_item_does_not_cost_a_post() -> None:
    assert read("---\nauthors:\n- melody\t\t\ntags:\n- a\n---\nB").values["authors"] == ["melody"]


def test_front_matter_that_cannot_be_read_is_refused_with_its_line() -> None:
    found = refusal("---\ntitle: fine\ntags: [a, b\nother: }\n---\nBody")
    assert "not YAML" in found.reason
    assert found.line > 1


def test_broken_toml_is_refused_with_its_line() -> None:
    assert refusal("+++\ntitle = 'a'\nbroken\n+++\n").line == 3


def test_front_matter_that_never_ends_is_refused() -> None:
    assert "never closed" in refusal("---\ntitle: One\n\nA whole text.\n").reason


def test_a_list_is_no_front_matter() -> None:
    assert "list" in refusal("---\n- a\n- b\n---\n").reason


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "nested" in refusal("---\n" + "\n".join(lines) + "\n---\n").reason


@pytest.mark.parametrize("inside", ["a: " + "[" * 5000, "a: &a [*a]", "a: " + "{b: " * 900])
def test_front_matter_nested_without_end_is_refused(inside: str) -> None:
    refusal(f"---\n{inside}\n---\n")


def test_a_tag_of_yaml_makes_no_object() -> None:
    found = read(
        "---\ntitle: !!python/object/apply:os.getcwd []\nby: !!python/name:os.system x\n---\n"
    )
    assert found.values == {"title": [], "by": "x"}


def test_a_character_that_is_no_text_is_refused_in_front_matter() -> None:
    assert "not text" in refusal('---\ntitle: "a\\0b"\n---\nB').reason


def test_a_very_long_front_matter_is_refused() -> None:
    assert "too long" in refusal("---\na: " + "x" * 300_000 + "\n---\n").reason
