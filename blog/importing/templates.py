"""The template languages of static sites: what a tag in a text comes to.

Liquid and Nunjucks (`{{ "/x/" | url }}`, `{% post_url 2015-01-02-x %}`) and Hugo's shortcodes
(`{{< ref "x" >}}`). Only what stands for an address, a picture, an embedded thing or a value of
the page is worked out; the rest is the caller's to report.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from blog.importing.front_matter import Value

# No tag holds the beginning of another one, which keeps the search linear on any text.
TEMPLATE = r"(?:\{\{(?:(?!\{\{|\}\}).)*+\}\}|\{%(?:(?!\{%|%\}).)*+%\})"
WHOLE = re.compile(r"\{[{%][-<%]?\s*(?P<inside>.*?)\s*[->%]?[}%]\}", re.DOTALL)
PIECE = re.compile(
    r"""(?P<key>[\w-]+)\s*[=:]\s*(?:"(?P<kd>[^"]*)"|'(?P<ks>[^']*)'|(?P<kb>[^\s,"']+))"""
    r"""|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s,"']+)"""
)
FILTER = re.compile(r"""\|(?=(?:[^"']|"[^"]*"|'[^']*')*$)""")
# The site's own address: links become plain paths, which stay right wherever the site moves.
SITE = re.compile(
    r"\$?\.?(?:site|Site|page\.Site)\.(?:base_?url|url|root|BaseURL|github\.url)|baseurl", re.I
)
UNCHANGED = frozenset(
    {"url", "relative_url", "absolute_url", "absurl", "relurl", "htmlbaseurl", "safe", "safeurl",
     "escape", "xml_escape", "strip", "strip_html", "uri_escape", "cgi_escape", "markdownify"}
)  # fmt: skip
CONTROL = frozenset(
    {"if", "for", "unless", "case", "capture", "set", "macro", "raw", "comment", "highlight",
     "while", "tablerow", "block", "call", "filter", "range", "with"}
)  # fmt: skip
BY_NAME = frozenset({"post_url", "link", "ref", "relref"})
PICTURE_PATH = re.compile(r"\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)(?:[?#].*)?$", re.I)
PICTURE_NAME = re.compile(r"image|img|figure|picture|photo|thumb|avatar", re.I)
PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
# Pelican: `{filename}other.md`, `{static}/images/p.png`, `|filename|other.md`.
PELICAN = re.compile(r"^(?:\{(?:filename|static|attach|index)\}|\|(?:filename|static|attach)\|)")
BROKEN = re.compile(r"[ \t]*\n[ \t>]*")
# Marks an address given by a post's name, for the look-up that knows the folder.
NAMED = "name:"


@dataclass(frozen=True, slots=True)
class Tag:
    """`{% name positional key="named" %}`, or a value with its last filter as the name."""

    name: str
    positional: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)


def address(text: str, page: Mapping[str, Value]) -> str | None:
    """An address with the templates in it worked out; None when one of them is unknown."""
    text = PELICAN.sub("", text)
    if text.startswith("@/"):
        return NAMED + text[2:]
    parts: list[str] = []
    end = 0
    for found in re.finditer(TEMPLATE, text, re.DOTALL):
        value = _value(found[0], page)
        if value is None:
            return None
        parts += [text[end : found.start()], value]
        end = found.end()
    # Whatever breaks an address over lines, a quotation's mark included, is not part of it.
    whole = BROKEN.sub("", "".join([*parts, text[end:]])).strip()
    # {{ site.baseurl }}{% post_url x %}: the name is the whole address.
    return whole[whole.index(NAMED) :] if NAMED in whole and end else whole or "/"


def tag(template: str) -> Tag:
    """The tag taken apart. `{{ "a" | embed: "b" }}` is the tag embed with "a" and "b"."""
    inside = _inside(template)
    if template.startswith("{{") and not template.startswith(("{{<", "{{%")):
        first, *filters = FILTER.split(inside)
        name, rest = _name_and_rest(filters[-1]) if filters else ("", "")
        positional, named = _arguments(f"{first} {rest.lstrip(': ')}")
        return Tag(name.rstrip(":"), positional, named)
    name, rest = _name_and_rest(inside)
    positional, named = _arguments(rest)
    return Tag(name, positional, named)


def wrapping(template: str, body: str) -> str | None:
    """The words of a tag that stands around text, as `**Note**`; "" for its end.

    None for a tag that stands alone, and for those that choose or repeat what they stand around.
    """
    found = tag(template)
    is_end = found.name.startswith(("/", "end"))
    name = found.name.lstrip("/").removeprefix("end") if is_end else found.name
    if is_value(template) or not name or name in CONTROL:
        return None
    escaped = re.escape(name)
    if not re.search(rf"\{{[{{%][-<%]?\s*(?:end{escaped}|/\s*{escaped})\b", body):
        return None
    said = (found.named.get(key) for key in ("title", "name", "summary", "caption"))
    words = next(filter(None, (*said, *found.positional[:1])), "")
    return "" if is_end or not words else f"**{words[:1].upper()}{words[1:]}**"


def is_value(template: str) -> bool:
    return template.startswith("{{") and not template.startswith(("{{<", "{{%"))


def value_of(template: str, page: Mapping[str, Value]) -> str | None:
    """The text of `{{ page.title }}` and the like, with filters that change nothing."""
    return _value(template, page) if is_value(template) else None


def picture(found: Tag) -> tuple[str, str, str] | None:
    """Path, alt text and caption of a tag that shows a picture; None for others.

    `{% image "p.png" "alt" %}`, `{% include figure.html src="p.png" caption="c" %}` and whatever
    else has a picture's path among its arguments, or a picture's name.
    """
    named = found.named
    key = next(
        (k for k in ("src", "image", "image_path", "img", "file", "path") if named.get(k)), None
    )
    paths = [named[key]] if key else []
    paths += [p for p in (*found.positional, *named.values()) if PICTURE_PATH.search(p)]
    is_picture = PICTURE_NAME.search(" ".join((found.name, *found.positional[:1])))
    if not paths and not (is_picture and found.positional and found.name != "include"):
        return None
    path = paths[0] if paths else found.positional[0]
    spare = [
        p for p in found.positional if p != path and not p.endswith((".html", ".njk", ".liquid"))
    ]
    alt = named.get("alt") or (spare[-1] if spare and paths else "")
    caption = named.get("caption") or named.get("description") or named.get("title") or ""
    return path, alt or caption, caption


def embedded(found: Tag) -> tuple[str, str] | None:
    """Address and words of an embedded film, post or snippet; None for others."""
    first = next(iter((*found.positional, *found.named.values())), "")
    name = found.name.lower()
    words = (*found.positional[1:2], found.named.get("title", ""))
    if first.startswith(("https://", "http://")) and not PICTURE_PATH.search(first):
        return first, next(filter(None, words), "")
    if name in PLAYERS and (thing := found.named.get("id") or first):
        # {{< x user="a" id="1" >}}, {{< gist user 123 >}}
        if name == "gist" and len(found.positional) > 1:
            thing = "/".join(found.positional[:2])
        return PLAYERS[name].format(thing), found.named.get("title", "")
    return None


# --- Values -----------------------------------------------------------------------------


def _value(template: str, page: Mapping[str, Value]) -> str | None:
    if not is_value(template):
        found = tag(template)
        return NAMED + found.positional[-1] if found.name in BY_NAME and found.positional else None
    first, *filters = FILTER.split(_inside(template))
    value = _simple(first.strip(), page)
    for each in filters:
        value = _filtered(value, each.strip(), page) if value is not None else None
    return value


def _simple(text: str, page: Mapping[str, Value]) -> str | None:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" and text[0] not in text[1:-1]:
        return text[1:-1]
    if SITE.fullmatch(text):
        return ""
    key = text.removeprefix("page.").lower().replace("-", "_")
    value = page.get(key)
    return value if isinstance(value, str) and value else None


def _filtered(value: str, each: str, page: Mapping[str, Value]) -> str | None:
    name, _, argument = (part.strip() for part in each.partition(":"))
    if name.lower() in UNCHANGED:
        return value
    added = _simple(argument, page)
    if added is None or name not in ("prepend", "append"):
        return None
    return added + value if name == "prepend" else value + added


def _inside(template: str) -> str:
    found = WHOLE.fullmatch(template)
    return found["inside"] if found else ""


def _name_and_rest(text: str) -> tuple[str, str]:
    name, _, rest = text.strip().partition(" ")
    return (
        (name, rest) if ":" not in name[:-1] else (name.partition(":")[0], text.partition(":")[2])
    )


def _arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    positional: list[str] = []
    named: dict[str, str] = {}
    for found in PIECE.finditer(text):
        if found["key"]:
            named[found["key"]] = next(
                g for g in (found["kd"], found["ks"], found["kb"]) if g is not None
            )
        else:
            given = (found["double"], found["single"], found["bare"])
            positional.append(next(g for g in given if g is not None))
    return tuple(positional), named
