"""`manage.py import_markdown`: what it prints, writes and answers."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from blog.importing.report import SHOWN, Finding, Report
from blog.models import Post
from tests.blog.importing.folders import blog, png

pytestmark = pytest.mark.django_db

FILES: dict[str, str | bytes] = {"2024-01-01-first.md": "First.", "2024-01-02-next.md": "Next."}


def test_the_command_prints_the_report_and_writes_it_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, file = blog(tmp_path / "blog", FILES), tmp_path / "report.json"
    call_command("import_markdown", str(folder), report=file, site_url=["https://b.example.org"])
    printed = capsys.readouterr()
    assert "Posts: 2 made, 0 changed, 0 unchanged" in printed.out
    assert printed.err == ""
    assert json.loads(file.read_text())["counts"]["made"] == 2


def test_the_command_says_when_there_is_no_folder_or_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("import_markdown", str(tmp_path / "none"))
    with pytest.raises(CommandError, match="No post"):
        call_command("import_markdown", str(tmp_path))
    with pytest.raises(CommandError, match=r"publication\.json"):
        call_command("import_markdown", str(tmp_path), demo=True)


def test_the_command_ends_well_although_a_file_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_markdown", str(blog(tmp_path, FILES | {"bad.md": b"\0"})))
    assert "bad.md, line 1: not a text" in capsys.readouterr().out


def test_an_interruption_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Post, "save", failing)
    with pytest.raises(CommandError, match="again for the rest") as caught:
        call_command("import_markdown", str(blog(tmp_path, FILES)))
    assert caught.value.returncode == 130


def test_long_lists_are_cut_but_not_those_that_need_a_person() -> None:
    report = Report()
    for number in range(SHOWN + 5):
        report.add(Finding.PICTURE_MISSING, f"a{number}.md", 3, "/x.png")
        report.add(Finding.UNRESOLVED, f"b{number}.md", 4, "/y/", "nearest: z")
    text = report.as_text()
    assert f"a{SHOWN - 1}.md, line 3: /x.png" in text
    assert f"a{SHOWN}.md" not in text
    assert "… and 5 more" in text
    assert f"b{SHOWN + 4}.md, line 4: /y/ (nearest: z)" in text


def test_a_quiet_run_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_markdown", str(blog(tmp_path, FILES)), verbosity=0)
    assert capsys.readouterr() == ("", "")


def test_another_folder_may_hold_the_pictures(tmp_path: Path) -> None:
    posts = blog(tmp_path / "posts", {"2024-01-01-a.md": "[w](/files/a.png)"})
    blog(tmp_path / "root", {"files/a.png": png()})
    call_command("import_markdown", str(posts), pictures=[tmp_path / "root"], verbosity=0)
    assert Post.objects.get().body.startswith("[w](/media/pictures/")
