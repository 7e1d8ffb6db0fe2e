"""Hostile text in every field, read in a real browser: none of it runs.

The pages are shown without their Content-Security-Policy, so that what is tested
is our own escaping and sanitising and not the net beneath it.
"""

import json
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route

from blog.models import Post
from tests.factories import (
    make_author,
    make_outlet,
    make_post,
    make_source,
    make_story,
    make_topic,
)

ORIGIN = "http://attacked.example"
FRAMES_AT_A_TIME = 20

# Any of these called in any frame leaves its name with the test.
WATCH = """
for (const name of ['alert', 'confirm', 'prompt', 'print'])
  window[name] = (...words) => { ran(name + ' ' + words.join(' ') + ' at ' + location.href) };
"""
# What a curious reader does: points at, clicks, focuses and leaves everything. A click may not
# leave the page, so where each link would lead is read from it.
POKE = """
addEventListener('click', event => event.preventDefault());
for (const link of document.querySelectorAll('[href], [src], [action], [formaction]'))
  for (const name of ['href', 'src', 'action', 'formAction']) {
    const target = link[name]?.baseVal ?? link[name];
    if (/^(javascript|data|vbscript|blob|file):/i.test(target)) ran(name + ' ' + target);
  }
for (const one of document.querySelectorAll('main *'))
  for (const type of ['mouseover', 'mouseenter', 'mousemove', 'focus', 'blur', 'click', 'toggle'])
    try { one.dispatchEvent(new MouseEvent(type, {bubbles: true, cancelable: true})) } catch {}
"""


def payloads(shared_folder: Path) -> list[str]:
    read = json.loads((shared_folder / "samples/xss-payloads.json").read_text())
    return [entry["payload"].replace("\x00", "") for entry in read]


def attacked_post(payload: str) -> Post:
    """A post in which every word that anybody can enter is the payload."""
    outlet = make_outlet(payload[:150], native_name=payload[:150], note=payload)
    make_source(
        key := f"k{outlet.pk}",
        title=payload[:400],
        container_title=payload[:400],
        original_title=payload[:400],
        authors=[{"literal": payload[:200]}],
        outlet=outlet,
        url=payload[:2000],
        archived_url=payload[:2000],
        attribution="unnamed_official",
        attributed_to=payload[:150],
        note=payload,
        publisher=payload[:200],
        language=payload[:30],
    )
    return make_post(
        payload[:250],
        slug=f"attack-{outlet.pk}",
        standfirst=payload,
        language=payload[:30],
        body=f"{payload}\n\nSo [{payload[:30]} @{key}, p. {payload[:30]}], [x]({payload})."
        f"\n\n# {payload}\n\n> {payload}\n\n| a |\n|---|\n| {payload} |\n\n[^1]\n\n[^1]: {payload}",
        story=make_story(payload[:150], summary=payload),
        authors=[make_author(payload[:150], bio=payload)],
        topics=[make_topic(payload[:150])],
    )


def watched(context: BrowserContext) -> list[str]:
    """The calls of watched functions, growing as frames of the context make them."""
    ran: list[str] = []
    context.expose_function("ran", lambda call: ran.append(call))
    context.add_init_script(WATCH)
    return ran


def run_in(page: Page, pages: list[bytes]) -> None:
    """Load the pages in frames beside each other and poke at everything in them."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{ORIGIN}/")
        if name == "all":
            frames = "".join(f'<iframe src="/{n}"></iframe>' for n in range(len(pages)))
            route.fulfill(body=frames, content_type="text/html; charset=utf-8")
        elif name.isdigit():
            route.fulfill(body=pages[int(name)], content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404, body="")

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/all")
    for frame in page.frames[1:]:
        frame.evaluate(POKE)


def test_the_oracle_sees_a_script_that_runs(chromium: Browser) -> None:
    with chromium.new_context() as context:
        ran = watched(context)
        run_in(context.new_page(), [b"<main><img src=x onmouseover=alert(1)>"])
        assert [call.split()[0] for call in ran] == ["alert"]


@pytest.mark.django_db
def test_no_payload_runs_on_any_page(
    chromium: Browser, shared_folder: Path, client: Client
) -> None:
    every = payloads(shared_folder)
    assert len(every) > 500
    with chromium.new_context(bypass_csp=True) as context:
        ran = watched(context)
        page = context.new_page()
        for start in range(0, len(every), FRAMES_AT_A_TIME):
            posts = [attacked_post(text) for text in every[start : start + FRAMES_AT_A_TIME]]
            run_in(page, [client.get(post.get_absolute_url()).content for post in posts])
            assert ran == []
        run_in(page, [client.get(address).content for address in other_pages(posts[-1])])
        assert ran == []


def other_pages(post: Post) -> list[str]:
    """Every other page on which the same words stand, in lists of all that was made."""
    citation = post.citations.select_related("source__outlet").filter(is_link=False)[0]
    assert citation.source
    assert citation.source.outlet
    assert post.story
    return [
        "/",
        "/archive/",
        "/2024/11/18/",
        "/sources/",
        "/stories/",
        "/topics/",
        "/authors/",
        post.story.get_absolute_url(),
        post.topics.get().get_absolute_url(),
        post.authors.get().get_absolute_url(),
        f"/sources/{citation.source.citekey}/",
        f"/outlets/{citation.source.outlet.slug}/",
    ]
