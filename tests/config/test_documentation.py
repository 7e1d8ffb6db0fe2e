"""What README.md and docs/ name exists: make targets, commands, settings, paths."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.config.tree import ROOT

README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
# Made by running the project, so not in a fresh clone.
MADE_LATER = ("var", ".venv", "staticfiles", ".bench")
# Settings that are not read in config/settings.py under their own names, and those of tests.
READ_ELSEWHERE = {
    "DJANGO_SETTINGS_MODULE",
    "PASSIM_EXACTNESS_EDITS",
    "PASSIM_EXACTNESS_MINUTES",
    "PASSIM_EXACTNESS_SEED",
}


def page_names() -> list[str]:
    return [str(page.relative_to(ROOT)) for page in PAGES]


@pytest.fixture(params=PAGES, ids=page_names())
def page(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


# --- Reading a page -------------------------------------------------------------------

FENCE = re.compile(r"^( *)(```+|~~~+)[^\n]*\n(.*?)^\1\2", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\(<?([^)>\s]+)>?[^)]*\)")


def code_in(text: str) -> str:
    """What a page sets in code, blocks and spans, a line each."""
    blocks = [match[3] for match in FENCE.finditer(text)]
    return "\n".join([*blocks, *spans_in(text)])


def spans_in(text: str) -> list[str]:
    return SPAN.findall(FENCE.sub("", text))


def make_calls(text: str) -> Iterator[tuple[str, list[str]]]:
    """Target and the variables given to it, for every `make …` in code."""
    for target, rest in re.findall(r"\bmake ([a-z][\w-]*)((?: [A-Z_]+=)?[^\n]*)", code_in(text)):
        yield target, re.findall(r"\b([A-Z_]+)=", rest)


def commands(text: str) -> list[str]:
    return re.findall(r"\bmanage\.py ([a-z]\w*)", code_in(text))


def settings_named(text: str) -> set[str]:
    return set(re.findall(r"\b(PASSIM_[A-Z_]+|DATABASE_URL|DJANGO_[A-Z_]+)\b", text))


def paths(text: str) -> Iterator[str]:
    """What a page links to inside the project, and what it sets in code as a path.

    A span is a path when it is one of the project's top-level names, lies under one
    of them, or ends as our files do. Addresses of pages begin with a slash.
    """
    outside = ("http:", "https:", "mailto:", "#", "/")
    yield from (
        t.split("#")[0] for t in LINK.findall(FENCE.sub("", text)) if not t.startswith(outside)
    )
    top_level = {entry.name for entry in ROOT.iterdir()}
    for span in spans_in(text):
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", span) and (
            (span.split("/")[0] in top_level and "/" in span)
            or span.endswith((".py", ".toml", "/"))
        ):
            yield span


def is_there(path: str, page: Path) -> bool:
    if path.split("/")[0] in MADE_LATER:
        return True
    return (ROOT / path).exists() or (page.parent / path).exists()


# --- What there is ----------------------------------------------------------------------


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def make_variables() -> set[str]:
    makefile = (ROOT / "Makefile").read_text()
    return set(re.findall(r"\$\(([A-Z]+)\)", makefile)) | settings_read()


def settings_read() -> set[str]:
    """Environment variables that config/settings.py asks for."""
    asked = re.findall(
        r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (ROOT / "config/settings.py").read_text()
    )
    return set(asked)


# --- The pages --------------------------------------------------------------------------


def test_every_make_target_named_exists(page: Path) -> None:
    named = {target for target, _ in make_calls(page.read_text(encoding="utf-8"))}
    assert named - make_targets() == set()


def test_every_variable_given_to_make_is_used(page: Path) -> None:
    calls = make_calls(page.read_text(encoding="utf-8"))
    given = {variable for _, variables in calls for variable in variables}
    assert given - make_variables() == set()


def test_every_command_named_exists(page: Path) -> None:
    named = set(commands(page.read_text(encoding="utf-8")))
    assert named - get_commands().keys() == set()


def test_every_setting_named_is_read(page: Path) -> None:
    named = settings_named(page.read_text(encoding="utf-8"))
    assert named - settings_read() - READ_ELSEWHERE == set()


def test_every_path_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [path for path in paths(text) if not is_there(path, page)] == []


def test_every_setting_is_in_the_readme() -> None:
    assert settings_read() - settings_named(README.read_text(encoding="utf-8")) == set()


def test_every_command_of_ours_is_in_the_readme() -> None:
    ours = {
        name
        for name, app in get_commands().items()
        if str(app) in {"blog", "sources", "publication"}
    }
    assert ours - set(commands(README.read_text(encoding="utf-8"))) == set()


def test_every_make_target_for_people_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    listed = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert make_targets() - listed == {"port", "venv", "site-packages", "dev-packages"}


# --- The reader of pages can see --------------------------------------------------------

SAMPLE = """
Run `make nonsense` or `make run PORTS=1`, see [this](docs/nowhere.md) and `blog/nowhere.py`.

```sh
make run
python manage.py nonsense --all    # with PASSIM_NONSENSE=1
```

You make sense of `[[slug]]`, `/2024/11/18/slug/`, `text/html` and `var/` by yourself.
"""


def test_the_reader_sees_what_a_page_names() -> None:
    assert list(make_calls(SAMPLE)) == [("run", []), ("nonsense", []), ("run", ["PORTS"])]
    assert commands(SAMPLE) == ["nonsense"]
    assert settings_named(SAMPLE) == {"PASSIM_NONSENSE"}
    assert list(paths(SAMPLE)) == ["docs/nowhere.md", "blog/nowhere.py", "var/"]


def test_the_reader_tells_what_is_there_from_what_is_not() -> None:
    assert is_there("var/passim.sqlite3", README)
    assert is_there("config/settings.py", README)
    assert not is_there("blog/nowhere.py", README)


def test_the_settings_read_are_seen() -> None:
    assert {"PASSIM_SECRET_KEY", "PASSIM_DEBUG", "DATABASE_URL"} <= settings_read()
