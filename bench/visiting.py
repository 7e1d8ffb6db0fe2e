"""A first visit to a post, in Chromium where there is one: how much comes, and how often."""

import shutil

from playwright.sync_api import Response, sync_playwright

from bench.measuring import Figure, most
from bench.server import HOST, serving

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def visiting(address: str, size: int) -> list[Figure]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        return []
    with serving(workers=1) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(f"http://{HOST}:{server.port}{address}", wait_until="networkidle")
        sent = [_weight(one) for one in answers if one.request.resource_type != "image"]
        browser.close()
    return [
        Figure("first visit to a post", size, sum(sent) / 1000, unit="kB", target=most(150)),
        Figure("first visit to a post", size, len(sent), unit="requests", target=most(9)),
    ]


def _weight(answer: Response) -> int:
    """As it went over the line: head and body."""
    sizes = answer.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
