"""Files stay small enough to be read in one go, and migrations are neither missing nor unnamed."""

import ast
import re

import pytest
from django.core.management import call_command

from tests.config.tree import ROOMS, ROOT, python_files, syntax

LONGEST_FILE = 300
# Longer on purpose, each with its reason.
LONG_FILES: dict[str, str] = {}


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in python_files(*ROOMS, "bench")
    }
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert too_long.keys() == LONG_FILES.keys(), too_long


def test_no_import_hides_inside_a_function() -> None:
    """A cycle between modules is mended, not dodged."""
    hidden = [
        f"{path}:{node.lineno}"
        for path in python_files(*ROOMS)
        for function in ast.walk(syntax(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_that_says_what_it_does() -> None:
    automatic = re.compile(r"_auto_\d{8}_\d{4}|_and_more$")
    names = [path.stem for room in ROOMS for path in (ROOT / room).glob("migrations/0*.py")]
    assert [name for name in names if automatic.search(name)] == []
