"""Logging in at the desk with a browser."""

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page

PASSWORD = "a long password"


def enter_desk(page: Page, name: str) -> None:
    """As the user of that name, from the next page on: without the form, whose pages take time."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    cookie = settings.SESSION_COOKIE_NAME
    key = client.cookies[cookie].value
    page.context.add_cookies([{"name": cookie, "value": key, "domain": "localhost", "path": "/"}])


def enter_by_form(page: Page, name: str) -> None:
    """As the user of that name, whose password is `PASSWORD`. The desk's first page has come.

    Leaving it half-loaded for another page would break off what it still asks for, and Chromium
    now and then counts that against the next page: its network is then never idle.
    """
    page.goto("/admin/login/")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    page.wait_for_url("**/admin/")
