"""The arrows between rooms: config → blog → sources → publication, and never back.

The linter of imports sees imports. The rest of this file sees what it cannot:
a room named in a string (a relation, an app label, a template tag's path, an
address), which walks back just as well.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from importlinter.cli import lint_imports

from tests.config.tree import ROOT, python_files, syntax

# What a room may not name, in imports or in strings.
FORBIDDEN = {
    "publication": ("sources", "blog", "config"),
    "sources": ("blog", "config"),
    "blog/markup": ("sources", "publication", "config", "blog.models"),
    "blog": ("config",),
}
# Calls in which the bare word is a room too: apps.get_model("blog", "Post").
LOOKUPS = {"get_model", "get_app_config", "is_installed", "import_module", "include", "get_models"}
# What the language stands on, beside Python itself.
LANGUAGE_STANDS_ON = {"blog", "markdown_it", "mdit_py_plugins", "nh3"}


def test_imports_keep_to_the_contracts_in_pyproject(monkeypatch: pytest.MonkeyPatch) -> None:
    # The linter sets up logging for its process and silences every logger there is: here, the
    # worker's too, and with it the tests that come after.
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda config: None)
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def names_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every dotted name that code imports, looks up or spells out in a string, with its line.

    What is imported or looked up ends in a dot, so that it is a room even when bare.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, f"{alias.name}.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in LOOKUPS:
            yield from ((node.lineno, f"{text}.") for text in strings(node.args))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def strings(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def is_named(room: str, text: str) -> bool:
    """Whether a string leads to a room: "blog.Post", "blog:post", "blog/post.html".

    Prose that has the word in it does not, nor does the bare word: a source may be a blog.
    """
    return re.fullmatch(rf"{re.escape(room)}[.:/][\w.:/-]*", text) is not None


def trespasses(path: Path, rooms: tuple[str, ...]) -> list[str]:
    return [
        f"{path}:{line} names {name}"
        for line, name in names_in(syntax(path))
        for room in rooms
        if is_named(room, name)
    ]


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_never_names_one_that_stands_above_it(room: str) -> None:
    files = list(python_files(room))
    assert files
    assert [fault for path in files for fault in trespasses(path, FORBIDDEN[room])] == []


@pytest.mark.parametrize("room", ["publication", "sources"])
def test_templates_of_a_room_never_name_one_that_stands_above_it(room: str) -> None:
    """Addresses, tags and includes; the rooms meet in templates/ alone."""
    quoted = re.compile(r"""["']([^"']+)["']""")
    faults = [
        f"{template.relative_to(ROOT)} names {name}"
        for template in (ROOT / room).rglob("templates/**/*.html")
        for name in quoted.findall(template.read_text(encoding="utf-8"))
        if any(is_named(above, name) for above in FORBIDDEN[room])
    ]
    assert faults == []


def test_the_language_stands_on_nothing_but_the_parser_and_itself() -> None:
    known = LANGUAGE_STANDS_ON | sys.stdlib_module_names
    strangers = [
        f"{path}:{node.lineno} imports {name}"
        for path in python_files("blog/markup")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported_roots(node)
        if name not in known
    ]
    assert strangers == []


def imported_roots(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").split(".")[0]]
    return [alias.name.split(".")[0] for alias in node.names]


@pytest.mark.parametrize("room", ["publication", "sources"])
def test_a_room_never_walks_back_along_a_relation_from_above(room: str) -> None:
    """`source.citations` names no room, but asks the blog all the same."""
    ways_back = {
        name
        for model in apps.get_app_config(room).get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in FORBIDDEN[room]
        for name in (relation.get_accessor_name(), relation.field.related_query_name())
        if name and not name.endswith("+")
    }
    walked = [
        f"{path}:{line} walks along {name}"
        for path in python_files(room)
        for line, name in steps_in(syntax(path))
        if name in ways_back
    ]
    assert walked == []


def steps_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Attributes, and the first part of what queries name: filter(a__b=1), Count("a__b")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call):
            yield from ((node.lineno, (word.arg or "").split("__")[0]) for word in node.keywords)
            yield from ((node.lineno, text.split("__")[0]) for text in strings(node.args))


@pytest.mark.parametrize(
    "code",
    [
        "import blog",
        "import blog.models",
        "from blog import models",
        "from blog.models import Post",
        "ForeignKey('blog.Post')",
        "reverse('blog:post')",
        "render(request, 'blog/_post.html')",
        "apps.get_model('blog', 'Post')",
    ],
)
def test_every_way_to_name_a_room_is_seen(code: str) -> None:
    assert any(is_named("blog", name) for _, name in names_in(ast.parse(code)))


@pytest.mark.parametrize("named", ["blog", "a blog", "blogging", "weblog.html", "Blog posts."])
def test_prose_names_no_room(named: str) -> None:
    assert not any(is_named("blog", name) for _, name in names_in(ast.parse(repr(named))))


@pytest.mark.parametrize(
    "code", ["source.citations.all()", "x.filter(citations__post=1)", "Count('citations')"]
)
def test_every_step_back_is_seen(code: str) -> None:
    assert "citations" in {name for _, name in steps_in(ast.parse(code))}


def test_only_rooms_of_ours_are_installed_beside_the_libraries() -> None:
    ours = {app for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    assert ours == {"config.apps.PassimAdminConfig", "publication", "sources", "blog"}
