"""The form of a source puts away what its type has no use for."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_empty_fields_that_do_not_fit_the_type_are_put_away(page: Page) -> None:
    User.objects.create_superuser("chief", password="pw")
    page.goto(reverse("admin:sources_source_add"))
    page.get_by_label("Username").fill("chief")
    page.get_by_label("Password").fill("pw")
    page.get_by_role("button", name="Log in").click()
    publisher, isbn = page.locator("#id_publisher"), page.locator("#id_isbn")
    expect(isbn).to_be_hidden()
    page.select_option("#id_csl_type", "book")
    expect(isbn).to_be_visible()
    publisher.fill("Press")
    page.select_option("#id_csl_type", "webpage")
    expect(isbn).to_be_hidden()
    expect(publisher).to_be_visible()
    page.get_by_role("button", name="Show all fields").click()
    expect(isbn).to_be_visible()
