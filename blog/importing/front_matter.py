"""Front matter: YAML between `---`, TOML between `+++`, or a JSON object, before the text.

`---toml` and `---json`, as Eleventy has them, say which it is.

Every value is read as text, a list or a mapping: a title `2024` is "2024", a slug `0123` keeps
its nought, and no tag of YAML makes an object. What is plainly a slip (a tab, a colon in an
unquoted title) is read as it was meant, and said.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from blog.importing.encoding import FileRefused

Value = str | list["Value"] | dict[str, "Value"]

MAX_LENGTH = 256 * 1024
MAX_DEPTH = 20
# Nobody's front matter needs more; a bomb of aliases within aliases does.
MAX_ALIASES = 10
OPENING = re.compile(
    r"\s*?(?P<mark>---|\+\+\+)[ \t]*(?P<said>json|toml|ya?ml|js|javascript)?[ \t]*\n"
)
CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.M),
}
HEAD = re.compile(
    r"\s*?(?P<lines>[A-Za-z][\w-]*:(?:[ \t][^\n]*)?\n(?:(?:[A-Za-z][\w-]*:(?:[ \t][^\n]*)?"
    r"|[ \t]+\S[^\n]*|-[ \t][^\n]*)\n)*)(?:(?P<end>-{3,})[ \t]*(?:\n|\Z)|[ \t]*(?:\n|\Z))"
)
TITLE = re.compile(r"^title:[ \t]*\S", re.I | re.M)
TOML_LINE = re.compile(r"line (\d+)")
# `key: value`, or a list's `- value`, on one line.
PLAIN = re.compile(r"^(?P<key>[\w-]+:|\s*-)[ \t]*(?P<value>\S.*?)[ \t]*$")
# What begins so was meant as more than a text; quotes would make one of it.
STRUCTURE = ("|", ">", "[", "{", "&")
YAML = YAMLHandler()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`values` by key in lower case with `_` for `-`; `body_line` lines stand before the body."""

    values: Mapping[str, Value]
    body: str
    body_line: int = 0
    notes: tuple[str, ...] = ()


def read(text: str) -> FrontMatter:
    """Part the front matter from the body. Raises FileRefused when it cannot be read."""
    if text.lstrip().startswith("{") and (found := _json(text)):
        return found
    opening = OPENING.match(text)
    if opening is None:
        return _unfenced(text)
    mark, first_line = opening["mark"], text[: opening.end()].count("\n")
    closing = CLOSING[mark].search(text, opening.end())
    if closing is None:
        raise FileRefused(f"the front matter opened with {mark} is never closed", first_line)
    source, rest = text[opening.end() : closing.start()], text[closing.end() + 1 :]
    if len(source) > MAX_LENGTH:
        raise FileRefused("the front matter is too long", first_line)
    said = opening["said"] or ("yaml" if mark == "---" else "toml")
    loaded, notes = FORMATS[said](source, first_line)
    if isinstance(loaded, str):
        # Two rules across the page, not front matter.
        return FrontMatter({}, text)
    body_line = text[: closing.end() + 1].count("\n")
    return FrontMatter(_settled(loaded, first_line), rest, body_line, notes)


def _unfenced(text: str) -> FrontMatter:
    """Pelican's `Title: …` lines up to the first empty one; Hexo's, up to a `---`."""
    found = HEAD.match(text)
    if found is None or not TITLE.search(found["lines"]):
        return FrontMatter({}, text)
    rest = text[found.end() :]
    before = text[: found.end()].count("\n")
    if found["end"]:
        loaded, notes = _yaml(found["lines"], before)
        if isinstance(loaded, dict):
            return FrontMatter(_settled(loaded, 1), rest, before, notes)
    values: dict[str, Value] = {}
    key = ""
    for line in found["lines"].splitlines():
        name, colon, value = line.partition(":")
        if line[:1].isspace() or not colon:
            values[key] = f"{values.get(key, '')} {line.strip()}".strip()
            continue
        key = name.strip().lower().replace("-", "_")
        values[key] = value.strip()
    return FrontMatter(values, rest, before)


def exported(values: Mapping[str, Any]) -> str:
    """The same as YAML, in the order given."""
    return YAML.export(dict(values), sort_keys=False, width=100)


def _settled(loaded: Any, line: int) -> dict[str, Value]:
    if not loaded:
        return {}
    if not isinstance(loaded, dict):
        raise FileRefused("the front matter is a list, not names with values", line)
    return {str(key).lower().replace("-", "_"): plain(value, line) for key, value in loaded.items()}


def plain(value: Any, line: int = 0, depth: int = 0) -> Value:
    """Text, lists and mappings only. Raises FileRefused for what is too deep, or no text."""
    if depth > MAX_DEPTH:
        raise FileRefused("the front matter is nested too deep", line)
    if isinstance(value, dict):
        return {_text(key, line): plain(item, line, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item, line, depth + 1) for item in value]
    return _text(value, line)


def _text(value: Any, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if "\0" in text or (not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text)):
        raise FileRefused("the front matter holds a character that is not text", line)
    return text


def _json(text: str) -> FrontMatter | None:
    start = len(text) - len(text.lstrip())
    try:
        loaded, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    rest = text[end:].lstrip("\n")
    return FrontMatter(_settled(loaded, 1), rest, text[: len(text) - len(rest)].count("\n"))


def _toml(source: str, line: int) -> tuple[Any, tuple[str, ...]]:
    try:
        return tomllib.loads(source), ()
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = TOML_LINE.search(str(error))
        where = line + int(found[1]) if found else line
        raise FileRefused(f"the front matter is not TOML: {error}", where) from error


def _json_alone(source: str, line: int) -> tuple[Any, tuple[str, ...]]:
    try:
        return json.loads(source), ()
    except json.JSONDecodeError as error:
        where = line + error.lineno
        raise FileRefused(f"the front matter is not JSON: {error.msg}", where) from error
    except RecursionError as error:
        raise FileRefused("the front matter is nested too deep", line) from error


def _program(source: str, line: int) -> tuple[Any, tuple[str, ...]]:
    raise FileRefused("the front matter is JavaScript, which is not run", line)


def _yaml(source: str, line: int) -> tuple[Any, tuple[str, ...]]:
    """As it stands, or else with its plain slips mended one kind after the other."""
    try:
        return _loaded(source), ()
    except yaml.YAMLError as error:
        reason, where = _reason(error), line + _line(error)
    mended = source
    for slip, mend in SLIPS:
        mended = mend(mended)
        try:
            return _loaded(mended), (f"front matter, line {where}: {slip}; read as it was meant",)
        except yaml.YAMLError:
            continue
    raise FileRefused(f"the front matter is not YAML: {reason}", where)


def _loaded(source: str) -> Any:
    depth = aliases = 0
    for event in yaml.parse(source, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH or aliases > MAX_ALIASES:
            raise FileRefused("the front matter is nested too deep, or in itself")
    return YAML.load(source, Loader=yaml.CBaseLoader)


def _reason(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error)


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _without_tabs(source: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "  ") for line in source.split("\n"))


def _quoted(source: str) -> str:
    """Values in quotes of our own wherever YAML might stumble over them."""
    return "\n".join(_quoted_line(line) for line in source.split("\n"))


def _quoted_line(line: str) -> str:
    found = PLAIN.match(line)
    if not found or found["value"].startswith(STRUCTURE):
        return line
    value = found["value"]
    if _stands_alone(value, may_be_mapping=not found["key"].endswith(":")):
        return f"{found['key']} {value}"
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return f"{found['key']} {json.dumps(value, ensure_ascii=False)}"


def _stands_alone(value: str, *, may_be_mapping: bool) -> bool:
    try:
        loaded = YAML.load(value, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return False
    return may_be_mapping or not isinstance(loaded, dict)


SLIPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("a tab", _without_tabs),
    ("a value that needs quotes", _quoted),
)
FORMATS: dict[str, Callable[[str, int], tuple[Any, tuple[str, ...]]]] = {
    "yaml": _yaml, "yml": _yaml, "toml": _toml, "json": _json_alone,
    "js": _program, "javascript": _program,
}  # fmt: skip
