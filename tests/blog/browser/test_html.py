"""Every kind of page is HTML without an error, as the Nu HTML checker reads it."""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.blog.browser.conftest import PAGES


def messages_about(files: list[Path], checkers: Path) -> list[str]:
    """What the checker finds, the name of the page first."""
    program = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    found = subprocess.run(
        ["java", "-Xss8m", "-jar", program, "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(one['url']).stem}, line {one.get('lastLine')}: {one['message']}"
        for one in json.loads(found.stderr or found.stdout)["messages"]
        if one["type"] == "error"
    ]


@pytest.mark.usefixtures("site")
def test_no_page_has_an_error_of_html(checkers: Path, tmp_path: Path) -> None:
    files = []
    for kind, path in PAGES.items():
        content = b"".join(Client().get(path))
        files.append(tmp_path / f"{kind.replace(' ', '-')}.html")
        files[-1].write_bytes(content)

    assert messages_about(files, checkers) == []


def test_the_checker_would_find_one(checkers: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><title>x</title><p><div></p>", encoding="utf-8")
    assert messages_about([wrong], checkers) != []
