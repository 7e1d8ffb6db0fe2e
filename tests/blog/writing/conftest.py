"""The post screen in a browser, logged in as an author."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.blog.desk.conftest import author, contributor, editor, log_in, staff
from tests.entering import PASSWORD, enter_desk
from tests.factories import make_author, make_publication, make_user

# The cast of the desk is that of this room, too.
__all__ = ["author", "contributor", "editor", "log_in", "staff"]


@pytest.fixture
def ada(live_server: LiveServer) -> User:
    make_publication()
    user = make_user("author", "ada")
    user.set_password(PASSWORD)
    user.save()
    make_author("Ada Writer", user=user)
    return user


@pytest.fixture
def policy_faults() -> list[str]:
    """What the pages' own policy forbade; must be empty in the end."""
    return []


@pytest.fixture
def desk(page: Page, ada: User, policy_faults: list[str]) -> Iterator[Page]:
    """Logged in; no page of the desk may break its own policy."""
    broken = policy_faults
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Security Policy" in message.text else None,
    )
    enter_desk(page, "ada")
    yield page
    if not page.is_closed():
        page.evaluate("window.onbeforeunload = null")
    assert broken == []


@pytest.fixture
def screen(desk: Page) -> Page:
    """The screen of a new post, its scripts started."""
    desk.goto("/admin/blog/post/add/", wait_until="load")
    desk.locator(".mirror").wait_for(state="attached")
    return desk
