"""What kramdown, Pandoc, MDX and the others add to Markdown leaves no rubbish in a text."""

import pytest

from blog.importing.dialects import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Text.\n{: .lead}\n\nMore.", "Text.\n\n\nMore."),
        ("![a](b.png){: .right width=5}", "![a](b.png)"),
        ("![a](b.png){width=50%}", "![a](b.png)"),
        ("[a](b){:target='_blank'} and **c**{: .d}.", "[a](b) and **c**."),
        ("`code`{: .ruby} stays", "`code` stays"),
        ("* TOC\n{:toc}\n\nText", "\n\n\nText"),
        ("[[toc]]\n[TOC]\n[[_TOC_]]\nText", "\n\n\nText"),
        ("## Head {#id .cls}", "## Head"),
        ("## Head ## {: #id}", "## Head ##"),
        ("Head {#id}\n---", "Head\n---"),
        (":::note Mind\nText\n:::", "**Mind**\nText\n"),
        ("::: warning\nText\n:::", "**Warning**\nText\n"),
        ('<Callout type="x">\n[a](/b)\n</Callout>', "\n[a](/b)\n"),
        ("<callout-info>\nText\n</callout-info>", "\nText\n"),
        ("> [!NOTE]\n> Text", "> **Note**\n> Text"),
    ],
)
def test_it_becomes_plain_markdown_with_as_many_lines(written: str, read: str) -> None:
    assert plain(written).text == read
    assert written.count("\n") == plain(written).text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "```\n{: .x}\n[[toc]]\n:::note\n```",
        "~~~~\n```\n{: .x}\n~~~~",
        "`x){.5}` and `{: .y}`",
        "    {: .indented code}",
        "$x_{i=1}^{n} f(x)$ and $A_{:,1}$",
        "A set {a, b} and a {word}.",
        "import this into your day",
        "Time 10::: and a [!sign",
        "## C#",
        "<FONT size=2>\nText\n</FONT>\n<Table>",
        '<YouTube id="a" />',
        "Call <T> and List<String>",
        "A [[reference]] to a post",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert plain(text).text == text


def test_ids_given_to_headings_are_remembered() -> None:
    assert plain("# A {#one}\n\nText\n{: #two}\n\nB {#three}\n===").ids == {
        "one": 1,
        "two": 3,
        "three": 6,
    }


def test_the_imports_of_mdx_go_and_its_text_stays() -> None:
    text = (
        "import A from './a'\nimport {\n  B,\n} from './b'\n\nText {/* aside */}\n\n"
        "export const c = 1\n\nimport nothing, he said.\n\n```js\nimport x from 'y'\n```"
    )
    read = plain(text, is_mdx=True).text

    assert "'./a'" not in read
    assert "'./b'" not in read
    assert "const c" not in read
    assert "Text <!-- aside -->" in read
    assert "import nothing, he said." in read
    assert "import x from 'y'" in read


def test_what_is_indented_in_a_component_of_mdx_is_text() -> None:
    text = "<Note>\n\tSee [a\n\tb](/c).\n\n\t- one\n\t\t- two\n</Note>\n\n    code\n"

    assert plain(text, is_mdx=True).text == "\nSee [a\nb](/c).\n\n- one\n\t- two\n\n\n    code\n"
