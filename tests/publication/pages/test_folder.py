"""Pages as files: those of the moment and no others, whoever writes and whatever fails."""

import errno
import gzip
import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import time_machine

from publication.generation.keys import Key, Known
from publication.pages import folder as folder_module
from publication.pages.cache import PageCache
from publication.pages.folder import PageFolder
from publication.pages.following import look
from tests.publication.pages.fakes import (
    MIDNIGHT,
    RELEASE,
    FakeSite,
    FakeWatcher,
    ask,
    cache_around,
)

HOST = "https/margin.example.org"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def folder(root: Path) -> PageFolder:
    return PageFolder(root, RELEASE)


def around(site: FakeSite, folder: PageFolder, watcher: FakeWatcher | None = None) -> PageCache:
    return cache_around(site, watcher or FakeWatcher(), folder=folder)


class DueAtMidnight(FakeWatcher):
    """Or rather a tenth of a second later."""

    def known(self) -> Known:
        return Known(self.key(), MIDNIGHT, MIDNIGHT + timedelta(seconds=0.1), None)


def files(root: Path) -> dict[str, bytes]:
    current = root / "current"
    found = (file for file in current.rglob("*") if file.is_file())
    return {str(file.relative_to(current)): file.read_bytes() for file in found}


def test_a_page_is_there_in_each_coding(root: Path, folder: PageFolder) -> None:
    site = FakeSite()
    ask(around(site, folder), "/stories/war/")
    its = files(root)
    page = site.text.encode()
    assert its.pop(f"plain/{HOST}/stories/war/index.html") == page
    assert gzip.decompress(its.pop(f"gzip/{HOST}/stories/war/index.html")) == page
    assert brotli.decompress(its.pop(f"br/{HOST}/stories/war/index.html")) == page
    assert its == {}


def test_names_are_those_of_the_address_in_any_script(root: Path, folder: PageFolder) -> None:
    path = "/2024/11/18/світло/".encode().decode("latin-1")
    ask(around(FakeSite(), folder), path)
    assert f"plain/{HOST}/2024/11/18/світло/index.html" in files(root)


def test_the_time_of_a_file_is_what_the_tag_begins_with(root: Path, folder: PageFolder) -> None:
    answer = ask(around(FakeSite(), folder), "/")
    file = (root / f"current/plain/{HOST}/index.html").stat()
    assert answer.headers["ETag"] == f'"{int(file.st_mtime):x}-{file.st_size:x}"'


@pytest.mark.parametrize(
    "more",
    [
        {"query": "page=2"},
        {"HTTP_COOKIE": "a=b"},
        {"HTTP_ACCEPT": "application/json"},
        {"path": "/search/"},
        {"path": "/../../etc/"},
        {"path": "/a//b/"},
        {"path": "/a/index.html/"},
        {"path": "/a.atom/index.atom/"},
        {"path": "/feed.json"},
        {"path": "/" + "я" * 200 + "/"},
        {"HTTP_HOST": "../evil"},
        {"HTTP_HOST": ".."},
    ],
    ids=str,
)
def test_what_is_no_plain_page_becomes_no_file(
    root: Path, folder: PageFolder, more: dict[str, str]
) -> None:
    path = more.pop("path", "/").encode().decode("latin-1")
    assert ask(around(FakeSite(), folder), path, **more).status == 200
    assert files(root) == {}
    assert {each.name for each in root.rglob("*") if each.is_file()} <= {".lock", ".boot"}


@pytest.mark.parametrize(
    "site",
    [
        FakeSite(kind=""),
        FakeSite(status="410 Gone"),
        FakeSite(status="301 Moved Permanently"),
        FakeSite(headers=[("Access-Control-Allow-Origin", "*")]),
    ],
    ids=["not for all", "gone", "moved", "with a header that nginx does not send"],
)
def test_only_pages_that_nginx_can_send_whole_become_files(
    root: Path, folder: PageFolder, site: FakeSite
) -> None:
    ask(around(site, folder))
    assert files(root) == {}


# --- The link -------------------------------------------------------------------------


def test_a_change_is_seen_before_the_answer_to_a_save_goes_out(
    root: Path, folder: PageFolder
) -> None:
    watcher = FakeWatcher()
    site = FakeSite()
    cache = around(site, folder, watcher)
    ask(cache)
    assert files(root)
    site.meanwhile = lambda: setattr(watcher, "number", 2)
    ask(cache, "/admin/", REQUEST_METHOD="POST")
    assert files(root) == {}


def test_what_was_made_before_a_change_goes_where_nobody_looks(
    root: Path, folder: PageFolder
) -> None:
    watcher = FakeWatcher()
    old = watcher.key()
    folder.follow(watcher.key)
    page = cache_around(FakeSite())
    ask(page)
    watcher.number = 2
    folder.follow(watcher.key)
    [(_, kept)] = page.memory._pages.values()
    [address] = page.memory._pages
    folder.put(old, address, kept)
    assert files(root) == {}


def test_whoever_comes_last_has_read_last(root: Path) -> None:
    """Many processes switch at once while others save: the link ends where the key does."""
    watcher = FakeWatcher()
    folders = [PageFolder(root, RELEASE) for _ in range(4)]

    def save_and_follow(folder: PageFolder) -> None:
        for _ in range(25):
            watcher.number += 1
            folder.follow(watcher.key)

    threads = [threading.Thread(target=save_and_follow, args=(each,)) for each in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert folders[0].is_at(watcher.key())


def test_at_the_due_second_the_next_folder_is_opened(root: Path, folder: PageFolder) -> None:
    watcher = DueAtMidnight()
    with time_machine.travel(MIDNIGHT, tick=False):
        assert look(folder, watcher) == pytest.approx(0.1)
    assert folder.is_at(watcher.key())
    watcher.number = 2
    look(folder, watcher)
    assert folder.is_at(watcher.key())


def test_folders_of_former_keys_go(root: Path, folder: PageFolder) -> None:
    watcher = FakeWatcher()
    ask(around(FakeSite(), folder, watcher))
    old = root / folder.name(watcher.key())
    os.utime(old, (0, 0))
    watcher.number = 2
    folder.follow(watcher.key)
    assert not old.exists()


def test_no_folder_goes_that_is_not_of_pages(root: Path, folder: PageFolder) -> None:
    """Should somebody name the folder of uploads, or one above it."""
    others = [root / name for name in ("media", "backup-2024-11", "0123-2024-11")]
    for other in others:
        other.mkdir(parents=True)
        os.utime(other, (0, 0))
    watcher = FakeWatcher()
    folder.follow(watcher.key)
    watcher.number = 2
    folder.follow(watcher.key)
    assert [other.name for other in others if not other.exists()] == []


def test_after_a_start_of_the_machine_nothing_of_before_is_shown(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the power went, a file may have its name and none of its bytes."""
    monkeypatch.setattr(folder_module, "BOOT", boot := tmp_path / "boot_id")
    boot.write_text("first")
    ask(around(FakeSite(), PageFolder(root, RELEASE)))
    for file in files(root):
        (root / "current" / file).write_bytes(b"")

    another_process = PageFolder(root, RELEASE)
    look(another_process, DueAtMidnight())
    assert set(files(root).values()) == {b""}

    boot.write_text("second")
    look(PageFolder(root, RELEASE), DueAtMidnight())
    assert files(root) == {}


def test_a_folder_that_has_gone_is_not_made_again(root: Path, folder: PageFolder) -> None:
    watcher = FakeWatcher()
    cache = around(FakeSite(), folder, watcher)
    ask(cache, "/a/")
    (root / folder.name(watcher.key())).rename(root / "elsewhere")
    assert ask(cache, "/b/").status == 200
    assert not (root / folder.name(watcher.key())).exists()


# --- Faults ---------------------------------------------------------------------------


def full(*args: Any, **named: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_costs_files_not_pages(
    root: Path, folder: PageFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    site = FakeSite()
    assert ask(around(site, folder)).body == site.text.encode()
    assert files(root) == {}


def test_a_file_that_could_not_be_written_comes_with_a_later_request(
    root: Path, folder: PageFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the page is in memory since."""
    site = FakeSite()
    cache = around(site, folder)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        ask(cache)
    ask(cache)
    assert files(root) == {}
    monkeypatch.setattr(folder_module, "SECONDS_UNTIL_TRIED_AGAIN", 0.0)
    ask(cache)
    assert len(files(root)) == 3
    assert site.asked == 1


def test_a_file_that_somebody_removed_comes_again(
    root: Path, folder: PageFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "SECONDS_UNTIL_TRIED_AGAIN", 0.0)
    cache = around(FakeSite(), folder)
    ask(cache)
    written = files(root)
    for name in written:
        (root / "current" / name).unlink()
    ask(cache)
    assert files(root) == written


def test_where_no_folder_can_be_opened_the_former_one_is_shown_no_more(
    root: Path, folder: PageFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher = FakeWatcher()
    site = FakeSite()
    cache = around(site, folder, watcher)
    ask(cache)
    assert files(root)
    monkeypatch.setattr(Path, "symlink_to", full)
    watcher.number, site.text = 2, "New."
    assert ask(cache).body == b"New."
    assert files(root) == {}


def test_it_is_tried_again_after_a_while(
    root: Path, folder: PageFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "symlink_to", full)
        folder.follow(FakeWatcher().key)
    folder.follow(FakeWatcher().key)
    assert not folder.is_at(Key(1, MIDNIGHT))
    monkeypatch.setattr(folder, "_tried_again_at", 0.0)
    folder.follow(FakeWatcher().key)
    assert folder.is_at(Key(1, MIDNIGHT))


def test_a_folder_that_can_never_be_made_costs_nothing_but_speed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    site = FakeSite()
    cache = around(site, PageFolder(tmp_path / "file" / "pages", RELEASE))
    assert ask(cache).body == ask(cache).body == site.text.encode()
    assert ask(cache, REQUEST_METHOD="POST").status == 200
    assert folder_module.CURRENT not in os.listdir(tmp_path)
