"""What the configuration of Jekyll, Hugo, Zola, Hexo, Pelican or Astro says of a blog.

Only read, never run. Whatever cannot be read says nothing.
"""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml

from blog.importing.encoding import MAX_BYTES
from blog.importing.front_matter import YAML
from blog.importing.naming import is_language
from blog.importing.permalinks import Permalinks

ASTRO_SITE = re.compile(r"""^[ \t]*site:[ \t]*["'](https?://[^"']+)["']""", re.M)
HOST = re.compile(r"[\w.-]+\.[a-z]{2,}")
HEXO_DEFAULT = ":year/:month/:day/:title/"


UNREADABLE = (
    OSError, ValueError, RecursionError, SyntaxError, yaml.YAMLError, AttributeError, TypeError
)  # fmt: skip
# What stands in a configuration that nobody has filled in.
PLACEHOLDER = re.compile(r"//(?:www\.)?(?:localhost|127\.|example\.(?:com|org|net))", re.I)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Empty where nothing was said. `name` is the file's."""

    name: str = ""
    url: str = ""
    title: str = ""
    language: str = ""
    time_zone: str = ""
    permalinks: Permalinks = field(default_factory=Permalinks)

    def told(self) -> str:
        said = (self.title, self.url, self.language, self.time_zone)
        names = ("title", "address", "language", "time zone")
        return ", ".join(f"{name} {text}" for name, text in zip(names, said, strict=True) if text)


def configuration_of(folder: Path) -> Configuration:
    """That of the folder, or else of one of the two above it. Never raises."""
    resolved = folder.resolve()
    for place in (resolved, *list(resolved.parents)[:2]):
        found = [one for one in _read(place) if one.url or one.title or one.permalinks.patterns]
        if found:
            return _together(found)
    return Configuration()


def _together(found: list[Configuration]) -> Configuration:
    """What the first says, and what only a later one does."""
    said = {
        name: next(filter(None, (getattr(one, name) for one in found)), "")
        for name in ("name", "url", "title", "language", "time_zone")
    }
    patterns = (one.permalinks for one in found if one.permalinks.patterns)
    if PLACEHOLDER.search(said["url"]) or "//" not in said["url"]:
        said["url"] = ""
    return Configuration(**said, permalinks=next(patterns, Permalinks()))


def _read(place: Path) -> Iterator[Configuration]:
    for name, reader in READERS:
        try:
            path = place / name
            if path.is_file() and path.stat().st_size <= MAX_BYTES:
                yield reader(name, path.read_text(encoding="utf-8", errors="replace"))
        except UNREADABLE:
            continue


def _underlined(name: str, text: str) -> Configuration:
    """`_config.yml` is Jekyll's or Hexo's; Hexo's has a `root` and a `theme` of folders."""
    data = _lowered(YAML.load(text, Loader=yaml.CBaseLoader))
    is_hexo = "source_dir" in data or "new_post_name" in data
    pattern = _said(data, "permalink") or (HEXO_DEFAULT if is_hexo else "date")
    return Configuration(
        name,
        _joined(_said(data, "url"), _said(data, "baseurl", "root")),
        _said(data, "title"),
        _language(_said(data, "language", "lang", "locale").partition(",")[0]),
        _zone(_said(data, "timezone")),
        Permalinks({"": _of_posts(data) or pattern}),
    )


def _of_posts(data: Mapping[str, Any]) -> str:
    """Jekyll's permalink of posts, where it is among the defaults or the collections."""
    collections = data.get("collections")
    posts = collections.get("posts") if isinstance(collections, dict) else None
    if isinstance(posts, dict) and isinstance(posts.get("permalink"), str):
        return str(posts["permalink"])
    defaults = data.get("defaults")
    for each in defaults if isinstance(defaults, list) else []:
        scope, values = each.get("scope") or {}, each.get("values") or {}
        if scope.get("type") == "posts" and isinstance(values.get("permalink"), str):
            return str(values["permalink"])
    return ""


def _hugo(name: str, text: str) -> Configuration:
    loaded: Any
    if name.endswith(".toml"):
        loaded = tomllib.loads(text)
    elif name.endswith(".json"):
        loaded = json.loads(text)
    else:
        loaded = YAML.load(text, Loader=yaml.CBaseLoader)
    data = _lowered(loaded)
    return Configuration(
        name,
        _said(data, "baseurl", "base_url"),
        _said(data, "title"),
        _language(
            _said(data, "locale", "languagecode", "defaultcontentlanguage", "default_language")
        ),
        _zone(_said(data, "timezone")),
        Permalinks(_hugo_patterns(data.get("permalinks"))),
    )


def _hugo_patterns(found: Any) -> Mapping[str, str]:
    """By section; newer ones stand under `page`."""
    if not isinstance(found, dict):
        return {}
    pages = found.get("page")
    every = {**found, **(pages if isinstance(pages, dict) else {})}
    patterns = {key: value for key, value in every.items() if isinstance(value, str)}
    return {"" if key == "/" else key: value for key, value in patterns.items()}


def _pelican(name: str, text: str) -> Configuration:
    data: dict[str, str] = {}
    for line in ast.parse(text).body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            names = [target.id for target in line.targets if isinstance(target, ast.Name)]
            data |= dict.fromkeys(names, str(line.value.value or ""))
    pattern = data.get("ARTICLE_URL", "{slug}.html" if "SITENAME" in data else "")
    return Configuration(
        name,
        data.get("SITEURL", ""),
        data.get("SITENAME", ""),
        _language(data.get("DEFAULT_LANG", "")),
        _zone(data.get("TIMEZONE", "")),
        Permalinks({"": pattern} if pattern else {}),
    )


def _astro(name: str, text: str) -> Configuration:
    found = ASTRO_SITE.search(text)
    return Configuration(name, found[1] if found else "")


def _cname(name: str, text: str) -> Configuration:
    """GitHub's: the host, alone."""
    host = text.strip()
    return Configuration(name, f"https://{host}" if HOST.fullmatch(host) else "")


READERS: tuple[tuple[str, Callable[[str, str], Configuration]], ...] = (
    ("_config.yml", _underlined),
    ("_config.yaml", _underlined),
    *((f"{stem}.{ending}", _hugo)
      for stem in ("hugo", "config", "/".join(("config", "_default", "hugo")),
                   "/".join(("config", "_default", "config")))
      for ending in ("toml", "yaml", "yml")),
    ("publishconf.py", _pelican),
    ("pelicanconf.py", _pelican),
    *((f"astro.config.{ending}", _astro) for ending in ("mjs", "ts", "js")),
    ("CNAME", _cname),
)  # fmt: skip


def _lowered(data: Any) -> dict[str, Any]:
    return {str(key).lower(): value for key, value in data.items()} if data else {}


def _said(data: Mapping[str, Any], *names: str) -> str:
    found = (data.get(name) for name in names)
    return next((text.strip() for text in found if isinstance(text, str) and text.strip()), "")


def _joined(url: str, base: str) -> str:
    base = base.strip("/")
    return f"{url.rstrip('/')}/{base}" if url and base and not url.endswith(base) else url


def _language(tag: str) -> str:
    tag = tag.replace("_", "-").partition(".")[0].strip()
    return tag if is_language(tag) else ""


def _zone(name: str) -> str:
    return name if name in available_timezones() else ""
