"""What every test stands on: a site of its own, the samples beside the project, a browser."""

import os
import shutil
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as site_settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

# A busy machine is slow, not wrong: how long, in milliseconds, a browser test waits for a state.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")

NO_CHROMIUM = "no Chromium here (install it, or run .ci/run, which does)"
NO_CHECKERS = "no checkers of HTML and JSON here (.ci/run fetches them)"
NO_NGINX = "no nginx here (.ci/run installs it)"
NO_SAMPLES = "the folder ../shared with the samples is not here"
LONGEST = (
    "tests/blog/exactness/",
    "tests/blog/finding/test_recall.py",
    "tests/blog/test_ten_years.py",
    "tests/blog/importing/test_sample.py",
    "tests/test_attacks.py",
    "tests/blog/test_load.py",
    "tests/test_leaks.py",
)
# The fixtures that open a database.
DATABASE = {"db", "transactional_db", "live_server"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# --- A site of its own for every test -------------------------------------------------


@pytest.fixture(autouse=True)
def fresh_site(
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Uploads in a folder of the test's own, an empty cache, and passwords that hash at once.

    Static files are looked for when they are asked for: every client is a new application, and
    to list them all for each took two fifths of the whole run. PostgreSQL numbers rows on from test
    to test: one part of a sitemap has room for all of them.
    """
    monkeypatch.setattr("blog.formats.sitemaps.IDS_IN_A_PART", 10**6)
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / uuid.uuid4().hex
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    browser_first: None,
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite in a file, as in real use: in memory all threads would share one connection.

    A server keeps no connection between requests, or its database could not be removed.
    """
    database = site_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        name = tmp_path_factory.getbasetemp() / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(name)
        # Nothing in it outlives the run, so nothing need reach the disk.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    database["CONN_MAX_AGE"] = 0


# Of each table that migrations leave filled: how a row is put back, and the rows.
Filled = list[tuple[str, list[tuple[Any, ...]]]]
rows_of_migrations = pytest.StashKey[tuple[Filled, DjangoDbBlocker]]()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> None:
    """Remember what migrations put into the database (the roles), to put it back."""
    with django_db_blocker.unblock():
        request.config.stash[rows_of_migrations] = filled_tables(), django_db_blocker
    # Django would make rights and types again, slowly, each time that tables are emptied.
    post_migrate.receivers.clear()


def filled_tables() -> Filled:
    filled = []
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            if rows := cursor.fetchall():
                places = ", ".join(["%s"] * len(rows[0]))
                into = f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({places})"  # noqa: S608
                filled.append((f"{into} ON CONFLICT DO NOTHING", rows))
    return filled


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """A test with real transactions ends by emptying every table: put the roles back.

    Without this a test would pass or fail by what ran before it in the same process. One that was
    skipped may have emptied nothing: then they are still there.
    """
    try:
        yield
    finally:
        if nextitem and rows_of_migrations in item.config.stash and has_real_transactions(item):
            put_back(*item.config.stash[rows_of_migrations])


def put_back(filled: Filled, blocker: DjangoDbBlocker) -> None:
    with blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        for insert, rows in filled:
            cursor.executemany(insert, rows)
    ContentType.objects.clear_cache()


def has_real_transactions(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked_for = {"transactional_db", "live_server", "django_db_reset_sequences"}
    return bool(mark and mark.kwargs.get("transaction")) or bool(
        asked_for & set(getattr(item, "fixturenames", ()))
    )


# --- What a run has found, beside whether it passed -----------------------------------

Tells = Callable[[str], None]


@pytest.fixture
def tells(record_property: Callable[[str, object], None]) -> Tells:
    """Say something at the end of the run, in whichever process the test was."""
    return lambda line: record_property("told", line)


def tell_all(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for some in terminalreporter.stats.values() for report in some]
    lines = [
        f"{report.nodeid.partition('::')[0]}: {said}"
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, said in report.user_properties
        if name == "told"
    ]
    if lines:
        terminalreporter.section("What was measured")
        terminalreporter.write("\n".join([*lines, ""]))


# --- The samples beside the project ---------------------------------------------------


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of samples that lies beside the project, where it does."""
    folder = Path(site_settings.BASE_DIR).parent / "shared"
    if not folder.is_dir():
        pytest.skip(NO_SAMPLES)
    return folder


@pytest.fixture(scope="session")
def checkers() -> Path:
    """The folder with the Nu HTML checker and the schemas of JSON formats, where it is."""
    folder = Path(os.environ.get("PASSIM_CHECKERS") or Path(site_settings.BASE_DIR, ".checkers"))
    if not folder.is_dir() or not shutil.which("java"):
        pytest.skip(NO_CHECKERS)
    return folder


# --- A browser ------------------------------------------------------------------------


def chromium_program() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for the whole run; skips, saying so, where there is none.

    Playwright keeps an event loop in the main thread for as long as it is open,
    which Django takes for asynchronous code: hence the variable, here alone.
    """
    program = chromium_program()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_first(request: pytest.FixtureRequest) -> None:
    """Open the browser, where one will be used, before the database.

    Django keeps one connection for a thread and another for an event loop. A browser
    opened between two queries would have the second come from outside the transaction
    of the first.
    """
    is_used = any("chromium" in getattr(item, "fixturenames", ()) for item in request.session.items)
    if is_used and chromium_program():
        request.getfixturevalue("chromium")


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A tab on the live server, which fails the test on a script error or a foreign request."""
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []

    def only_our_own(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            faults.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", only_our_own)
    tab = context.new_page()
    tab.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    yield tab
    context.close()
    assert faults == []


# --- What a run says about itself -----------------------------------------------------


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if "chromium" in used:
            item.add_marker("browser")
        if item.get_closest_marker("django_db") or used & DATABASE:
            item.add_marker("database")
    # What takes minutes begins first, so that no worker is left alone with it at the end.
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, and in plain words what was left out, and why."""
    tell_all(terminalreporter)
    skipped: list[Any] = terminalreporter.stats.get("skipped", [])
    for what, why in (
        ("browser tests", NO_CHROMIUM),
        ("tests of the samples", NO_SAMPLES),
        ("tests of formats", NO_CHECKERS),
        ("tests of pages as files", NO_NGINX),
    ):
        count = sum(why in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"Skipped {count} {what}: {why}.", yellow=True)
