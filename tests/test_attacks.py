"""Hostile text in every field, read in a real browser: none of it runs.

The pages are shown without their Content-Security-Policy, so that what is tested
is our own escaping and sanitising and not the net beneath it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route

from blog.models import Post
from sources.models import Claim
from tests.factories import (
    PUBLISHED_AT,
    make_assumption,
    make_author,
    make_claim,
    make_origin,
    make_outlet,
    make_post,
    make_report,
    make_ruling,
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
    claim = make_claim(payload[:500])
    post = make_post(
        payload[:250],
        slug=f"attack-{outlet.pk}",
        standfirst=payload,
        language=payload[:30],
        body=f"{payload}\n\nSo [{payload[:30]} @{key}, p. {payload[:30]}], [x]({payload})."
        f"\n\n# {payload}\n\n> {payload}\n\n| a |\n|---|\n| {payload} |\n\n[^1]\n\n[^1]: {payload}"
        f"\n\n[[claim::{claim.slug}]] and {payload[:30]} [[claim::{claim.slug}|{payload}]].",
        story=make_story(payload[:150], summary=payload),
        authors=[make_author(payload[:150], bio=payload)],
        topics=[make_topic(payload[:150])],
    )
    make_assumption(post, claim, payload)
    return post


def attacked_ledger(claim: Claim, texts: Sequence[str]) -> None:
    """Lines, struck lines and rulings that were lifted, one of each for each payload."""
    claim.statement = f"{claim.statement[:490]} x"
    claim.note = claim.would_confirm = "\n\n".join(texts)
    claim.save()
    for text in texts:
        origin = make_origin(
            text[:200],
            is_named=False,
            told_to=make_outlet(),
            note=text,
            told_apart_because=text or "x",
            told_apart_at=PUBLISHED_AT,
        )
        said: dict[str, Any] = {
            "by": origin,
            "said_words": text[:100],
            "relayed_through": text[:200],
            "attribution": "unnamed_official",
            "anonymity_reason": text,
            "quotation": text,
            "note": text,
        }
        make_report(claim, **said)
        make_report(claim, "denies", **said, struck_at=PUBLISHED_AT, struck_because=text or "x")
        lifted: dict[str, Any] = {"lifted_on": PUBLISHED_AT.date(), "lifted_at": PUBLISHED_AT}
        make_ruling(claim, "refuted", reason=text or "x", lifted_because=text, **lifted)


def claim_of(post: Post) -> Claim:
    return post.assumptions.get().claim


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
            texts = every[start : start + FRAMES_AT_A_TIME]
            posts = [attacked_post(text) for text in texts]
            claim = claim_of(posts[0])
            attacked_ledger(claim, texts)
            addresses = [post.get_absolute_url() for post in posts]
            addresses.append(f"/claims/{claim.slug}/")
            run_in(page, [client.get(address).content for address in addresses])
            assert ran == []
        run_in(page, [client.get(address).content for address in other_pages(posts[0])])
        assert ran == []


def other_pages(post: Post) -> list[str]:
    """Every other page on which the same words stand, in lists of all that was made."""
    citation = post.citations.select_related("source__outlet").filter(is_link=False)[0]
    assert citation.source
    assert citation.source.outlet
    assert post.story
    claim = claim_of(post)
    return [
        "/",
        "/archive/",
        "/2024/11/18/",
        "/sources/",
        "/stories/",
        "/topics/",
        "/authors/",
        "/claims/",
        "/claims/?by=moved",
        f"/claims/{claim.slug}/?on=2024-11-19",
        f"/origins/{claim.reports.all()[0].origin.slug}/",
        post.story.get_absolute_url(),
        post.topics.get().get_absolute_url(),
        post.authors.get().get_absolute_url(),
        f"/sources/{citation.source.citekey}/",
        f"/outlets/{citation.source.outlet.slug}/",
    ]
