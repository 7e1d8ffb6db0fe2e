"""A first visit to a post, in Chromium where there is one: how much comes, and how often."""

import shutil

from playwright.sync_api import Response, sync_playwright

from bench.measuring import Figure, most
from bench.server import HOST, serving

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# As the web's Layout Instability says it: how much of the window moved how far.
SHIFTS = """new Promise(tell => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => tell(sum), 500);
})"""


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def visiting(address: str, size: int) -> list[Figure]:
    program = chromium()
    if program is None:
        return []
    with serving(workers=1) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(f"http://{HOST}:{server.port}{address}", wait_until="networkidle")
        moved: float = page.evaluate(SHIFTS)
        sent = [_weight(one) for one in answers if one.request.resource_type != "image"]
        browser.close()
    return [
        Figure(
            "first visit to a post, all of it", size, sum(sent) / 1000, unit="kB", target=most(150)
        ),
        Figure("first visit to a post, files", size, len(sent), unit="requests", target=most(9)),
        Figure(
            "first visit to a post, what moves", size, moved, unit="layout shift", target=most(0)
        ),
    ]


def _weight(answer: Response) -> int:
    """As it went over the line: head and body."""
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
