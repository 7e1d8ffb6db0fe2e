"""Sources and outlets at the desk."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from sources.models import Outlet, OutletHost, Source
from sources.vocabulary import CSL_TYPE_LABELS, CSL_VARIABLES, FITTING_FIELDS

pytestmark = pytest.mark.django_db

ADD = "admin:sources_source_add"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("chief", password="pw"))
    return client


def submit(desk: Client, source: Source | None = None, **fields: Any) -> Any:
    """Send the form as a browser would: with all that it holds, and what was typed."""
    at = reverse("admin:sources_source_change", args=[source.pk]) if source else reverse(ADD)
    form = desk.get(at).context["adminform"].form
    held = {name: form[name].value() for name in form.fields}
    held = {name: form[name].field.prepare_value(value) for name, value in held.items()}
    data = {name: value for name, value in held.items() if value not in (None, False)}
    return desk.post(at, data | fields)


def test_a_source_is_made_with_a_key_of_its_own(desk: Client) -> None:
    submit(
        desk, title="The limits of a leak", authors="Doe, Jane\nFederal Wire", issued_year="2024"
    )
    source = Source.objects.get()
    assert source.citekey == "doeLimitsLeak2024"
    assert source.authors == [{"family": "Doe", "given": "Jane"}, {"literal": "Federal Wire"}]


def test_a_typed_key_is_kept(desk: Client) -> None:
    submit(desk, title="A report", citekey="mine")
    assert Source.objects.get().citekey == "mine"


def test_emptying_the_key_makes_a_new_one(desk: Client) -> None:
    source = Source.objects.create(title="A report", citekey="mine")
    submit(desk, source, citekey="")
    assert Source.objects.get().citekey == "Report"


def test_saving_unchanged_changes_nothing(desk: Client) -> None:
    authors = [{"family": "Gogh", "non-dropping-particle": "van", "given": "Vincent"}]
    source = Source.objects.create(
        title="A report", authors=authors, csl_type="book", page="3", other_csl={"ISSN": "1"}
    )
    before = Source.objects.values().get()
    response = submit(desk, source)
    assert response.status_code == 302
    after = Source.objects.values().get()
    assert {**after, "edited_at": None} == {**before, "edited_at": None}


def test_a_page_that_is_already_a_source_is_named_with_a_link(desk: Client) -> None:
    twin = Source.objects.create(title="<b>First</b>", url="https://example.org/a", citekey="one")
    response = submit(desk, title="Second", url="http://www.example.org/a/?utm_source=x")
    page = response.content.decode()
    assert reverse("admin:sources_source_change", args=[twin.pk]) in page
    assert "&lt;b&gt;First&lt;/b&gt;</a>, [@one]" in page
    assert "<b>First</b>" not in page
    assert Source.objects.count() == 1


def test_a_doi_that_is_already_a_source_is_named(desk: Client) -> None:
    Source.objects.create(title="First", url="https://doi.org/10.1000/abc")
    assert "already a source" in submit(desk, title="Second", doi="10.1000/ABC").content.decode()


def test_a_source_is_no_duplicate_of_itself(desk: Client) -> None:
    source = Source.objects.create(title="First", url="https://example.org/a")
    assert submit(desk, source, title="Renamed").status_code == 302


def test_a_dangerous_address_is_refused(desk: Client) -> None:
    response = submit(desk, title="x", url="javascript:alert(1)")
    assert "starts with http:// or https://" in response.content.decode()
    assert not Source.objects.exists()


def test_a_field_that_does_not_fit_the_type_keeps_what_it_holds(desk: Client) -> None:
    source = Source.objects.create(title="A report", csl_type="book", isbn="978")
    submit(desk, source, csl_type="webpage")
    assert Source.objects.get().isbn == "978"


def test_the_menu_of_types_says_which_fields_fit(desk: Client) -> None:
    form = desk.get(reverse(ADD)).context["adminform"].form
    said = json.loads(form.fields["csl_type"].widget.attrs["data-fitting"])
    assert set().union(*said.values()) <= set(CSL_VARIABLES.values()) & set(form.fields)
    assert said["book"] == FITTING_FIELDS["book"]
    assert said.keys() <= CSL_TYPE_LABELS.keys()


@pytest.mark.parametrize(
    "words",
    ["mineKey", "limits", "Зеленський", "Capital Ledger", "ledger.example.org", "unnamed US"],
)
def test_a_source_is_found_by_what_is_known_of_it(desk: Client, words: str) -> None:
    outlet = Outlet.objects.create(name="Capital Ledger", slug="ledger")
    found = Source.objects.create(
        title="The limits of a leak",
        citekey="mineKey2024",
        authors=[{"family": "Зеленський", "given": "В."}],
        outlet=outlet,
        url="https://ledger.example.org/a",
        attributed_to="unnamed US officials",
    )
    Source.objects.create(title="Another", citekey="other")
    response = desk.get(reverse("admin:sources_source_changelist"), {"q": words})
    assert list(response.context["cl"].result_list) == [found]


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    desk: Client, django_assert_num_queries: Any
) -> None:
    from_outlet = Outlet.objects.create(name="Capital Ledger", slug="ledger")
    at = reverse("admin:sources_source_changelist")
    Source.objects.create(title="One", outlet=from_outlet)
    with django_assert_num_queries(1000, exact=False) as few:
        desk.get(at)
    for _ in range(9):
        Source.objects.create(title="One", outlet=from_outlet)
    with django_assert_num_queries(len(few.captured_queries)):
        assert b"no date" in desk.get(at).content


def test_an_outlet_is_described_with_its_hosts(desk: Client) -> None:
    hosts = {
        "hosts-TOTAL_FORMS": "1",
        "hosts-INITIAL_FORMS": "0",
        "hosts-0-host": "www.example.org",
    }
    outlet = {"name": "Example", "slug": "example", "kind": "newspaper"}
    desk.post(reverse("admin:sources_outlet_add"), outlet | hosts)
    assert OutletHost.objects.get().host == "example.org"
    Source.objects.create(title="One", outlet=Outlet.objects.get())
    page = desk.get(reverse("admin:sources_outlet_changelist"))
    assert page.context["cl"].result_list[0].source_count == 1
    assert b"field-source_count" in page.content


def test_an_outlet_with_sources_is_kept_and_the_desk_says_why(desk: Client) -> None:
    outlet = Outlet.objects.create(name="Capital Ledger", slug="ledger")
    Source.objects.create(title="A report of theirs", outlet=outlet)
    at = reverse("admin:sources_outlet_delete", args=[outlet.pk])
    assert b"A report of theirs" in desk.get(at).content
    desk.post(at, {"post": "yes"})
    assert Outlet.objects.exists()
