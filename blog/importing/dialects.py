"""What other Markdowns have and ours has not: taken out or said in plain Markdown, line by line.

Attribute lists of kramdown and Pandoc, tables of contents, admonitions, the imports of MDX.
Lines are never added or removed, so that the report's line numbers stay right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FENCE = re.compile(r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?P<bar>`{3,}(?=[^`]*$)|~{3,})")
# kramdown `{: .x #y}`, Pandoc and Goldmark `{.x #y width=50%}`. Text in braces is left alone.
INSIDE = r"(?::[^{}\n]*|[ ]*[#.][\w:.-][^{}\n]*|[ ]*[\w-]+=[^{}\n]*)"
ALONE = re.compile(rf"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?\{{{INSIDE}\}}[ \t]*$")
# Not after `_`: that is a formula's. Code is matched so that it is passed over.
SPAN = re.compile(
    rf"(?P<code>(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`))"
    rf"|(?<=[)\]])\{{{INSIDE}\}}|(?<=[*`>])\{{:[ ]?[.#\w][^{{}}\n]*\}}"
)
HEADING = re.compile(
    rf"^(?P<text> {{0,3}}#{{1,6}}[ \t].*?)[ \t]*\{{(?P<list>{INSIDE})\}}[ \t]*#*[ \t]*$"
)
UNDERLINED = re.compile(rf"^(?P<text>\S.*?)[ \t]*\{{(?P<list>{INSIDE})\}}[ \t]*$")
RULE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
ID = re.compile(r"#(?P<id>[^\s{}]+)")
CONTENTS = re.compile(
    r"^[ \t]*(?:\[\[?_?toc_?\]?\]|\$\{toc\}|@\[toc\]|\{\{?toc\}?\}|<!--\s*toc\s*-->)[ \t]*$", re.I
)
CONTENTS_BEFORE = re.compile(r"^[ \t]*(?:[*+-]|\d+\.)[ \t]+\S.*$|^[ \t]*(?:[*+-]|\d+\.)[ \t]*$")
CONTENTS_LIST = re.compile(r"^[ \t]*\{:\s*\.?toc\b.*\}[ \t]*$")
CONTAINER = re.compile(
    r"^[ \t]*:{3,}[ \t]*(?:\{[^{}]*\}|(?P<kind>[\w-]*))[ \t]*(?P<title>.*?)[ \t]*$"
)
ALERT = re.compile(r"^(?P<mark>[ \t]*>[ \t]*)\[!(?P<kind>\w+)\][-+]?[ \t]*(?P<title>.*)$")
# A component around text that is Markdown in MDX; old HTML in capitals is none.
COMPONENT = re.compile(
    r"^[ \t]*</?(?!(?:YouTube|Tweet|Vimeo)|(?:A|B|Body|Center|Div|Font|H\d|I|Img|Li|Ol|P|Pre|Span"
    r"|Strong|Table|Tbody|Td|Th|Thead|Tr|Ul)\b)"
    r"(?:[A-Z]\w*[a-z]\w*(?:\.\w+)*|[a-z]+(?:-\w+)+)(?:\s[^<>]*)?>[ \t]*$"
)
NOT_KINDS = frozenset({"", "div", "section", "group", "columns", "column"})
MDX_CODE = re.compile(
    r"""^(?:import\s+(?:['"{*]|[\w$]+(?:\s*,\s*[{*]|\s+from\s)|type\s)|export\s+(?:const|let|default|function)\b)"""
)
MDX_END = re.compile(r""";[ \t]*$|['"][ \t]*;?[ \t]*$|^\}[ \t]*;?[ \t]*$""")
MDX_COMMENT = re.compile(r"\{/\*(.*?)\*/\}")


@dataclass(slots=True)
class Plain:
    """A text in plain Markdown, and the ids that its headings were given, by line from 1."""

    text: str
    ids: dict[str, int] = field(default_factory=dict)


def plain(text: str, *, is_mdx: bool = False) -> Plain:
    """Never raises; what is not known stays as it is. Code is left alone."""
    lines = text.split("\n")
    found = Plain(text)
    if is_mdx:
        _dedent(lines)
    in_code = set(_code(lines))
    if is_mdx:
        _without_imports(lines, in_code)
    for number, line in enumerate(lines):
        if number not in in_code and not line.startswith(("    ", "\t")):
            lines[number] = _line(line, number, lines, found)
    found.text = "\n".join(lines)
    return found


def _line(line: str, number: int, lines: list[str], found: Plain) -> str:
    if CONTENTS.match(line):
        return ""
    if CONTENTS_LIST.match(line):
        if number and CONTENTS_BEFORE.match(lines[number - 1]):
            lines[number - 1] = ""
        return ""
    if ":::" in line and (container := CONTAINER.match(line)):
        return _titled(container["kind"] or "", container["title"])
    if "[!" in line and (alert := ALERT.match(line)):
        return alert["mark"] + _titled(alert["kind"], alert["title"])
    if "<" in line and COMPONENT.match(line):
        return ""
    return _without_lists(line, number, lines, found) if "{" in line else line


def _titled(kind: str, title: str) -> str:
    words = title.strip("[]") or ("" if kind.lower() in NOT_KINDS else kind.capitalize())
    return f"**{words}**" if words else ""


def _without_lists(line: str, number: int, lines: list[str], found: Plain) -> str:
    if ALONE.match(line):
        _keep_id(line, number, found)
        return ""
    is_underlined = number + 1 < len(lines) and RULE.match(lines[number + 1])
    heading = HEADING.match(line) or (UNDERLINED.match(line) if is_underlined else None)
    if heading:
        _keep_id(heading["list"], number + 1, found)
        return heading["text"]
    return SPAN.sub(lambda found: found["code"] or "", line)


def _keep_id(written: str, line: int, found: Plain) -> None:
    if identity := ID.search(written):
        found.ids.setdefault(identity["id"], line)


def _code(lines: list[str]) -> Iterator[int]:
    """Numbers of the lines within fences, the fences too."""
    bar = ""
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if bar:
            yield number
            if fence and fence["bar"].startswith(bar) and not line.strip(" \t>`~"):
                bar = ""
        elif fence:
            bar = fence["bar"]
            yield number


def _dedent(lines: list[str]) -> None:
    """What stands in a component is indented for the eye; for us that would make code of it."""
    margins: list[str | None] = []
    for number, line in enumerate(lines):
        tag = COMPONENT.match(line)
        if tag and margins and line.lstrip().startswith("</"):
            margins.pop()
        elif margins and line.strip():
            margin = margins[-1]
            if margin is None:
                margins[-1] = margin = line[: len(line) - len(line.lstrip())]
            lines[number] = line.removeprefix(margin)
        if tag and not line.lstrip().startswith("</") and not line.rstrip().endswith("/>"):
            margins.append(None)


def _without_imports(lines: list[str], in_code: set[int]) -> None:
    is_within = False
    for number, line in enumerate(lines):
        if number in in_code:
            continue
        if is_within or MDX_CODE.match(line):
            is_within = not MDX_END.search(line) and bool(line.strip())
            lines[number] = ""
        else:
            lines[number] = MDX_COMMENT.sub(r"<!--\1-->", line)
