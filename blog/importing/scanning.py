"""One pass over a text that finds every address and template in it, and leaves code alone.

The text stays as its author wrote it but for what a handler gives back. Handlers are told the
line in the text. Every pattern runs in linear time: no tag may hold the beginning of its like.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from blog.importing.templates import PLAYERS, TEMPLATE

# What stands between {% raw %} and {% endraw %} is text even where it looks like a template.
BRACES = str.maketrans({"{": "\ufdd0", "}": "\ufdd1"})
NO_BRACES = str.maketrans({"\ufdd0": "{", "\ufdd1": "}"})
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*raw).)*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
CODE_TAG = r"\{(?:%-?|\{<)\s*"
HIGHLIGHT = re.compile(
    rf"^[ \t]*{CODE_TAG}(?P<tag>highlight|codeblock|code)\b(?P<said>[^%>\n]*)(?:-?%|>\}})\}}"
    r"[ \t]*\n"
    rf"(?P<code>(?:(?!{CODE_TAG}(?:highlight|codeblock|code)\b).)*?)"
    rf"^[ \t]*{CODE_TAG}(?:/\s*|end)(?P=tag)\s*(?:-?%|>\}})\}}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
LANGUAGE = re.compile(r"\blang(?:uage)?\s*[:=]\s*[\"']?([\w+#-]+)")
FIRST_WORD = re.compile(r"\s*[\"']?([\w+#-]+)")
COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}((?:(?!\{%-?\s*comment).)*?)\{%-?\s*endcomment\s*-?%\}", re.DOTALL
)
INSIDE = rf"(?:{TEMPLATE}|\\.|[^\s()<>\\]|\((?:{TEMPLATE}|\\.|[^\s()<>\\])*+\))++"
DESTINATION = rf"(?:<(?:{TEMPLATE}|[^<>\n])*+>|{INSIDE})"
QUOTED = r"""(?:"[^"]*+"|'[^']*+'|\([^()]*+\))"""
SCANNED = re.compile(
    "|".join(
        (
            r"(?P<fence>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<bar>`{3,}(?=[^`\n]*$)|~{3,})"
            r"[^\n]*\n(?:.*?^[ \t>]*(?P=bar)[`~]*[ \t]*$|.*\Z))",
            r"(?P<code>(?<![`\\])(?P<tick>`{1,9})(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`))",
            r"(?P<comment><!--(?:(?!<!--|-->).)*+-->)",
            rf"(?P<image>!\[(?P<alt>(?>(?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*))\]\(\s*+(?P<src>{DESTINATION})"
            rf"(?:\s++(?P<title>{QUOTED}))?\s*+\))",
            rf"(?P<link>\]\(\s*+(?P<dest>{DESTINATION}))",
            r"(?P<definition>^ {0,3}\[(?!\^)(?:[^\]\n\\]|\\.)++\]:[ \t]*\n?[ \t]*"
            rf"(?P<rdest>{DESTINATION}))",
            r"(?P<auto><(?P<adest>https?://[^\s<>]++)>)",
            r"(?P<html><(?P<name>a|img|iframe|embed|youtube\w*|tweet|vimeo\w*|/a)\b"
            rf"(?P<attrs>(?:{TEMPLATE}|\"(?:{TEMPLATE}|[^\"])*+\""
            rf"|'(?:{TEMPLATE}|[^'])*+'|[^<>\"'])*+)>(?P<end>\s*</(?:iframe|embed)>)?)",
            rf"(?P<template>{TEMPLATE})",
        )
    ),
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
# Components of MDX.
PLAYER = re.compile("youtube|tweet|vimeo")
PLAYED = ("id", "videoid", "youtubeid", "tweetid", "tweet", "url", "src", "video")
ATTRIBUTE = re.compile(
    rf"(?P<key>[\w:-]+)\s*=\s*(?:\"(?P<double>(?:{TEMPLATE}|[^\"])*+)\""
    rf"|'(?P<single>(?:{TEMPLATE}|[^'])*+)'|(?P<bare>(?:{TEMPLATE}|[^\s\"'<>])++))",
    re.DOTALL,
)
BLOCK_TAG = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|center|details|div|dl|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|iframe|li|main|nav|ol|p|section|summary|table|tbody|td"
    r"|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its line, whether Markdown is read there, whether in a link."""

    line: int
    is_html: bool = False
    is_in_link: bool = False


class Handler(Protocol):
    """What to put in the place of what was found; None leaves it as it is."""

    def address(self, url: str, place: Place) -> str | None: ...

    def image(self, src: str, alt: str, title: str, place: Place) -> str | None: ...

    def html_image(self, attrs: dict[str, str], place: Place) -> str | None: ...

    def frame(self, attrs: dict[str, str], place: Place) -> str | None: ...

    def template(self, template: str, place: Place) -> str | None: ...


def rewritten(text: str, handler: Handler) -> str:
    """The text with every address, picture, frame and template passed through the handler."""
    text = RAW.sub(lambda found: found[1].translate(BRACES), text)
    text = COMMENT.sub(_commented, text)
    text = HIGHLIGHT.sub(_fenced, text)
    scanner = _Scanner(text, handler)
    return SCANNED.sub(scanner.replaced, text).translate(NO_BRACES)


def _fenced(found: re.Match[str]) -> str:
    code = found["code"].translate(BRACES)
    bar = "````" if "```" in code else "```"
    language = LANGUAGE.search(found["said"]) or FIRST_WORD.match(found["said"])
    return f"{bar}{language[1] if language else ''}\n{code}{bar}"


def _commented(found: re.Match[str]) -> str:
    """Kept for the author; comments of HTML do not reach readers either."""
    return f"<!--{found[1].replace('-->', '-- >').translate(BRACES)}-->"


def readdressed(text: str, address: Callable[[str, Place], str | None]) -> str:
    """A text that was rewritten before, with only the addresses of its links passed on."""
    return SCANNED.sub(_Scanner(text, _OnlyAddresses(address)).replaced, text)


@dataclass(frozen=True, slots=True)
class _OnlyAddresses:
    settle: Callable[[str, Place], str | None]

    def address(self, url: str, place: Place) -> str | None:
        return self.settle(url, place)

    def image(self, src: str, alt: str, title: str, place: Place) -> str | None:
        return None

    def html_image(self, attrs: dict[str, str], place: Place) -> str | None:
        return None

    def frame(self, attrs: dict[str, str], place: Place) -> str | None:
        return None

    def template(self, template: str, place: Place) -> str | None:
        return None


class _Scanner:
    def __init__(self, text: str, handler: Handler) -> None:
        self.text = text
        self.handler = handler
        self.lines = [found.end() for found in re.finditer("\n", text)]
        self.blocks = [0, *(found.end() for found in re.finditer(r"\n[ \t]*\n", text))]
        self.is_in_link = False
        self.by_kind: dict[str, Callable[[re.Match[str], Place], str | None]] = {
            "image": self._image,
            "link": lambda found, place: self._address(found, "dest", place),
            "definition": lambda found, place: self._address(found, "rdest", place),
            "auto": lambda found, place: self._address(found, "adest", place),
            "html": self._html,
            "template": lambda found, place: handler.template(found[0], place),
        }

    def replaced(self, found: re.Match[str]) -> str:
        kind = next(kind for kind in KINDS if found[kind] is not None)
        if kind not in self.by_kind:
            return found[0]
        place = Place(
            bisect_right(self.lines, found.start()) + 1,
            self._is_html(found.start()),
            self.is_in_link,
        )
        new = self.by_kind[kind](found, place)
        return found[0] if new is None else new

    def _is_html(self, at: int) -> bool:
        """Whether the block began with a tag: then Markdown in it is not read."""
        start = self.blocks[bisect_right(self.blocks, at) - 1]
        return BLOCK_TAG.match(self.text[start : start + 80].lstrip("\n")) is not None

    def _address(self, found: re.Match[str], group: str, place: Place) -> str | None:
        url = found[group]
        is_pointed = url.startswith("<") and url.endswith(">")
        new = self.handler.address(url[1:-1] if is_pointed else url, place)
        if new is None:
            return None
        start, end = found.start(group) - found.start(), found.end(group) - found.start()
        return (
            found[0][:start] + (f"<{new}>" if is_pointed else as_destination(new)) + found[0][end:]
        )

    def _image(self, found: re.Match[str], place: Place) -> str | None:
        title = (found["title"] or "")[1:-1]
        return self.handler.image(found["src"].strip("<>"), found["alt"], title, place)

    def _html(self, found: re.Match[str], place: Place) -> str | None:
        name = found["name"].lower()
        self.is_in_link = (self.is_in_link or name == "a") and name != "/a"
        attrs = attributes(found["attrs"])
        if name == "img":
            return self.handler.html_image(attrs, place)
        if player := PLAYER.match(name):
            thing = next((attrs[key] for key in PLAYED if attrs.get(key)), "")
            src = thing if "//" in thing else PLAYERS[player[0]].format(thing) if thing else ""
            return self.handler.frame({"src": src, "title": attrs.get("title", "")}, place)
        if name in ("iframe", "embed"):
            return self.handler.frame(attrs, place)
        return self._anchor(found, attrs, place)

    def _anchor(self, found: re.Match[str], attrs: dict[str, str], place: Place) -> str | None:
        url = attrs.get("href")
        new = self.handler.address(url, place) if url else None
        if new is None:
            return None
        tag = found[0]
        value = next(a for a in ATTRIBUTE.finditer(tag) if a["key"].lower() == "href")
        return f'{tag[: value.start()]}href="{new.replace(chr(34), "%22")}"{tag[value.end() :]}'


KINDS = ("fence", "code", "comment", "image", "link", "definition", "auto", "html", "template")


def attributes(source: str) -> dict[str, str]:
    """Attributes of a tag, their templates not worked out."""
    return {
        found["key"].lower(): next(
            v for v in (found["double"], found["single"], found["bare"]) if v is not None
        ).strip()
        for found in reversed(list(ATTRIBUTE.finditer(source)))
    }


def as_destination(url: str) -> str:
    """An address as it may stand between round brackets."""
    return f"<{url}>" if re.search(r"[\s()]", url) and not re.search(r"[<>\n]", url) else url
