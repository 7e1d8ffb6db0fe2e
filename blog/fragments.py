"""Cutting and re-addressing HTML that went through the sanitiser.

Pure text to text. Tags are told apart by a parser, never by a pattern: an
attribute of sanitised HTML may hold angle brackets.
"""

from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

Attributes = list[tuple[str, str | None]]
ADDRESSES = {"href", "src"}


def opening(html: str) -> SafeString:
    """The first paragraph, without figures of notes and without ids: it stands on another page."""
    return mark_safe(_Opening().of(html))  # noqa: S308


def apart(html: str) -> SafeString:
    """The same without figures of notes and without ids: it stands beside another text."""
    return mark_safe(_Apart().of(html))  # noqa: S308


def absolute(html: str, page: str) -> SafeString:
    """The same HTML with every address whole, as a feed needs it. `page` is its own address."""
    return mark_safe(_Absolute(page).of(html))  # noqa: S308


class _Copy(HTMLParser):
    """Writes what it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def of(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self.out)

    def write(self, text: str) -> None:
        self.out.append(text)

    def write_tag(self, tag: str, attrs: Attributes) -> None:
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.write(f"<{tag}{written}>")

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.write_tag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")


class _Apart(_Copy):
    """Links do not nest: one switch is enough."""

    def __init__(self) -> None:
        super().__init__()
        self.is_in_figure = False

    def write(self, text: str) -> None:
        if not self.is_in_figure:
            super().write(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.is_in_figure = self.is_in_figure or (tag == "a" and ("class", "ref") in attrs)
        self.write_tag(tag, [(name, value) for name, value in attrs if name != "id"])

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.is_in_figure = self.is_in_figure and tag != "a"


class _Opening(_Apart):
    """Paragraphs do not nest either."""

    def __init__(self) -> None:
        super().__init__()
        self.is_inside = self.is_done = False

    def write(self, text: str) -> None:
        if self.is_inside and not self.is_done:
            super().write(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.is_inside = self.is_inside or tag == "p"
        super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.is_done = self.is_done or (self.is_inside and tag == "p")


class _Absolute(_Copy):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.write_tag(tag, [(name, self._whole(name, value)) for name, value in attrs])

    def _whole(self, name: str, value: str | None) -> str | None:
        if value is None:
            return None
        if name == "srcset":
            # The sanitiser lets none pass but addresses with a width each, parted like this.
            return ", ".join(urljoin(self.page, each) for each in value.split(", "))
        if name not in ADDRESSES:
            return value
        try:
            return urljoin(self.page, value)
        except ValueError:
            return value
