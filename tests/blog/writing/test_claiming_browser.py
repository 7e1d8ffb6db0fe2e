"""The ledger from the post screen, by keyboard: a claim from a sentence, reports, readers."""

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from blog.models import Post
from sources.models import Claim, Report
from tests.blog.writing.carets import read, write
from tests.blog.writing.steps import Writer, record
from tests.factories import make_claim, make_draft, make_origin, make_report, make_source

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "Washington has agreed to the strikes."
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def dialog_of(page: Page, name: str) -> None:
    expect(page.get_by_role("dialog", name=name)).to_be_visible()


def test_a_sentence_becomes_a_claim_that_the_post_assumes(screen: Page) -> None:
    write(screen, f"«{SENTENCE}» So it is.")
    screen.keyboard.press("Control+Shift+f")
    dialog_of(screen, "Assume this")
    screen.keyboard.press("Enter")
    expect(screen.locator("#claim-state")).to_contain_text("Assumed")
    slug = Claim.objects.get().slug
    marked = f"[[claim::{slug}|Washington has agreed to the strikes]]‸. So it is."
    assert read(screen) == marked
    expect(screen.locator("#id_assumes")).to_have_value(slug)
    screen.keyboard.press("Control+z")
    expect(screen.locator("#id_body")).to_have_value(f"{SENTENCE} So it is.")
