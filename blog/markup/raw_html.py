"""Raw HTML, cut into tags and text in one pass: what is not a whole tag is text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<attrs>(?:[\s/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?)>"
)
ATTRIBUTE = re.compile(
    r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?", re.DOTALL
)
# Declarations, processing instructions and CDATA sections never leave, as comments do not.
DECLARATION = re.compile(r"<[!?][^<>]*>")
VOID = frozenset({"br", "hr", "img", "wbr", "col"})
# The text within these was never meant for readers.
SILENT = frozenset({"script", "style", "template", "title", "textarea", "noscript"}) | frozenset(
    {"iframe", "object", "select", "svg", "math", "noembed", "noframes", "xmp"}
)


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    attrs: dict[str, str]
    is_closing: bool
    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """Text between tags, still with its entities."""

    source: str
    at: int

    @property
    def shown(self) -> str:
        return unescape(self.source)


def pieces(html: str) -> Iterator[Tag | Text]:
    """Tags and the text between them; comments and silent elements are left out."""
    position, lowered = 0, html.lower()
    while (start := html.find("<", position)) >= 0:
        if start > position:
            yield Text(html[position:start], position)
        if html.startswith("<!--", start):
            position = _after(html, "-->", start + 4)
        elif found := DECLARATION.match(html, start):
            position = found.end()
        elif (tag := TAG.match(html, start)) is None:
            yield Text("<", start)
            position = start + 1
        else:
            yield _tag(tag)
            position = tag.end()
            if tag["name"].lower() in SILENT and not tag["closing"]:
                position = _after_element(lowered, tag["name"].lower(), position)
    if position < len(html):
        yield Text(html[position:], position)


def opening(name: str, attrs: dict[str, str]) -> str:
    written = "".join(f' {key}="{escape(value)}"' for key, value in attrs.items())
    return f"<{name}{written}>"


def _after(html: str, end: str, start: int) -> int:
    found = html.find(end, start)
    return len(html) if found < 0 else found + len(end)


def _after_element(lowered: str, name: str, start: int) -> int:
    """Where the text of a silent element ends; a tag alone (inline HTML) has none."""
    return start if start == len(lowered) else _before(lowered, f"</{name}", start)


def _before(lowered: str, end: str, start: int) -> int:
    found = lowered.find(end, start)
    return len(lowered) if found < 0 else found


def _tag(found: re.Match[str]) -> Tag:
    attrs: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(found["attrs"]):
        attrs.setdefault(name.lower(), unescape(double or single or bare))
    return Tag(found["name"].lower(), attrs, bool(found["closing"]), found.start())
