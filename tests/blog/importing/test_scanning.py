"""What the scanner finds in a text, and what it leaves alone."""

import time
from dataclasses import dataclass, field

import pytest

from blog.importing.scanning import Place, rewritten


@dataclass
class Noting:
    """Puts «…» around what it is given, and remembers it."""

    found: list[tuple[str, str, int]] = field(default_factory=list)

    def address(self, url: str, place: Place) -> str | None:
        self.found.append(("address", url, place.line))
        return f"/to/{len(self.found)}"

    def image(self, src: str, alt: str, title: str, place: Place) -> str | None:
        self.found.append(("image", f"{src}|{alt}|{title}", place.line))
        return None

    def html_image(self, attrs: dict[str, str], place: Place) -> str | None:
        self.found.append(("img", f"{attrs.get('src')}|{attrs.get('alt')}", place.line))
        return None

    def frame(self, attrs: dict[str, str], place: Place) -> str | None:
        self.found.append(("frame", attrs.get("src", ""), place.line))
        return "FRAME"

    def template(self, template: str, place: Place) -> str | None:
        self.found.append(("html template" if place.is_html else "template", template, place.line))
        return None


def scanned(text: str) -> tuple[str, list[tuple[str, str, int]]]:
    noting = Noting()
    return rewritten(text, noting), noting.found


@pytest.mark.parametrize(
    ("text", "url", "after"),
    [
        ("a [b](/c) d", "/c", "a [b](/to/1) d"),
        ('[b](/c "title")', "/c", '[b](/to/1 "title")'),
        ("[b](</c d>)", "/c d", "[b](</to/1>)"),
        ("[b](/c_(d))", "/c_(d)", "[b](/to/1)"),
        ('[b]({{ "/x/" | url }}#y)', '{{ "/x/" | url }}#y', "[b](/to/1)"),
        ("[b]({% post_url 2015-01-02-x %})", "{% post_url 2015-01-02-x %}", "[b](/to/1)"),
        ('[b]({{< ref "x" >}})', '{{< ref "x" >}}', "[b](/to/1)"),
        ("[b]: /c 'title'", "/c", "[b]: /to/1 'title'"),
        ("<https://a.b/c>", "https://a.b/c", "</to/1>"),
        ('<a class="x" href="/c">d</a>', "/c", '<a class="x" href="/to/1">d</a>'),
        ("<a href='{{ \"/x\" | url }}'>", '{{ "/x" | url }}', '<a href="/to/1">'),
        ('<a href="{{ "/x" | url }}">', '{{ "/x" | url }}', '<a href="/to/1">'),
        ("<a href=/c>", "/c", '<a href="/to/1">'),
    ],
)
def test_every_form_of_a_link_is_found(text: str, url: str, after: str) -> None:
    result, found = scanned(text)
    assert found == [("address", url, 1)]
    assert result == after


@pytest.mark.parametrize(
    "text",
    [
        "`[b](/c)`",
        "``a ` [b](/c)``",
        "```\n[b](/c)\n```",
        "~~~ md\n{{ site.url }}\n~~~",
        "- item\n\n  ```\n  [b](/c)\n  ```",
        "```\nnever closed [b](/c)",
        "<!-- [b](/c) {{ x }} -->",
        "[^1]: a footnote",
        "[b][c]",
        "plain https://a.b/c",
    ],
)
def test_code_comments_and_plain_text_are_left_alone(text: str) -> None:
    assert scanned(text) == (text, [])


def test_an_escaped_backtick_begins_no_code() -> None:
    assert len(scanned("\\`[b](/c)`")[1]) == 1


def test_links_in_raw_are_links_and_its_braces_are_text() -> None:
    result, found = scanned("{% raw %}[b](/c) {{ not }}{% endraw %} `{% raw %}{{{% endraw %} x }}`")
    assert found == [("address", "/c", 1)]
    assert result == "[b](/to/1) {{ not }} `{{ x }}`"


def test_highlighted_code_becomes_a_fence() -> None:
    assert scanned("{% highlight ruby %}\nputs '{{ x }}'\n{% endhighlight %}\n") == (
        "```ruby\nputs '{{ x }}'\n```\n",
        [],
    )


def test_comments_of_a_template_are_kept_from_readers() -> None:
    assert scanned("a{% comment %}[b](/c){% endcomment %}d")[0] == "a<!--[b](/c)-->d"


def test_pictures_frames_and_templates_are_told_apart_and_their_lines_named() -> None:
    text = (
        '\n![a [b] c](d.png "e")\n\n<img alt="f" src="g.png">\n'
        '<iframe\nsrc="h"></iframe>\n\n{% i "j" %}'
    )
    assert scanned(text)[1] == [
        ("image", "d.png|a [b] c|e", 2),
        ("img", "g.png|f", 4),
        ("frame", "h", 5),
        ("template", '{% i "j" %}', 8),
    ]


def test_a_picture_in_a_link_is_found_with_the_link() -> None:
    kinds = [kind for kind, _, _ in scanned("[![a](b.png)](/c)")[1]]
    assert kinds == ["image", "address"]


def test_it_is_known_where_markdown_is_not_read() -> None:
    found = scanned('<div class="x">\n{{ "a" | photo }}\n</div>\n\n{{ "b" | photo }}')[1]
    assert [kind for kind, _, _ in found] == ["html template", "template"]


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "](",
        "](((",
        "{{",
        "{%",
        "{% raw %}",
        "`",
        "` `` ",
        "<a ",
        '<a href="',
        "<!--",
        "<",
        "{{ a",
        "[a]: ",
        "![[a]",
        "```\n",
        "((",
        "<img '",
        "\\",
        "{% comment %}",
        "{% highlight x %}\n",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.perf_counter()
    rewritten(piece * (200_000 // len(piece)), Noting())
    assert time.perf_counter() - began < 5
