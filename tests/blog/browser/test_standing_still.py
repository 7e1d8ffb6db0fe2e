"""Nothing moves while a page comes in, however late any of its files comes."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.blog.browser.conftest import FULL, PAGES
from tests.blog.browser.waiting import wait_until

pytestmark = pytest.mark.usefixtures("site")

KINDS = ["front", "post", "post that assumes", "story", "claim", "source", "archive"]
PATHS = {kind: PAGES[kind] for kind in KINDS} | {"search": "/search/?q=later"}
WIDTHS = (390, 1024, 1440)
# The kinds of file a page has beside itself, in orders in which they may come.
FACES_LAST, SCRIPTS_LAST = ("css", "js", "woff2"), ("woff2", "css", "js")
IS_PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
# What has moved since the page was opened, and from where to where.
MOVED = """() => new Promise(told => {
  const moved = [];
  const place = box => [box.x, box.y, box.width, box.height].map(Math.round).join(' ');
  const tell = ({ node, previousRect, currentRect }) => {
    const name = (node?.outerHTML ?? node?.parentElement?.outerHTML ?? '').slice(0, 80);
    moved.push(`${name}: ${place(previousRect)} to ${place(currentRect)}`);
  };
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) entry.sources.forEach(tell);
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => told(moved), 100));
})"""


class Gate:
    """Keeps back the files of a page until they are let through, one kind after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.is_open: set[str] = set()
        self.waiting: list[tuple[str, Route]] = []
        page.route("**/static/**", self.keep)

    def keep(self, route: Route) -> None:
        kind = route.request.url.rpartition(".")[2]
        if kind in self.is_open or kind not in FACES_LAST:
            route.fallback()
        else:
            self.waiting.append((kind, route))

    def let_through(self, kind: str) -> None:
        self.is_open.add(kind)
        for held, route in self.waiting:
            if held == kind:
                route.fallback()
        self.waiting = [(held, route) for held, route in self.waiting if held != kind]


def moved(page: Page, path: str, width: int, order: tuple[str, ...] = FACES_LAST) -> list[str]:
    """What moves in a tab of its own where the files come in this order, each after the paint
    that the ones before allowed."""
    tab = page.context.new_page()
    tab.set_viewport_size({"width": width, "height": 900})
    gate = Gate(tab)
    tab.goto(path, wait_until="commit")
    for kind in order:
        tab.wait_for_timeout(50)
        if gate.is_open >= {"css", "js"}:
            wait_until(tab, IS_PAINTED)
        gate.let_through(kind)
    tab.wait_for_load_state("load")
    wait_until(tab, IS_PAINTED)
    tab.evaluate("document.fonts.ready.then(() => true)")
    told: list[str] = tab.evaluate(MOVED)
    tab.close()
    return told


@pytest.mark.parametrize("kind", PATHS)
def test_nothing_moves_where_the_faces_come_last(page: Page, kind: str) -> None:
    assert [line for width in WIDTHS for line in moved(page, PATHS[kind], width)] == []


def test_nothing_moves_where_the_script_comes_last(page: Page) -> None:
    assert [line for width in WIDTHS for line in moved(page, FULL, width, SCRIPTS_LAST)] == []


def test_nothing_is_painted_before_the_notes_stand_beside_their_lines(page: Page) -> None:
    gate = Gate(page)
    page.goto(FULL, wait_until="commit")
    gate.let_through("css")
    gate.let_through("woff2")
    page.wait_for_timeout(200)

    assert page.evaluate(IS_PAINTED) is False
    gate.let_through("js")
    wait_until(page, IS_PAINTED)
    assert page.evaluate("document.documentElement.classList.contains('notes-in')")


def test_a_script_that_never_comes_leaves_a_page_to_read(page: Page) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(FULL)

    wait_until(page, IS_PAINTED)
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()
