"""Outlets are recognised by their hosts."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models import Outlet, OutletHost

pytestmark = pytest.mark.django_db


def make_outlet(name: str, *hosts: str) -> Outlet:
    outlet = Outlet.objects.create(name=name, slug=name.lower())
    for host in hosts:
        OutletHost.objects.create(outlet=outlet, host=host)
    return outlet


@pytest.mark.parametrize(
    "typed", ["example.org", "www.Example.org", "https://example.org/about", "m.example.org"]
)
def test_a_host_is_kept_in_one_form(typed: str) -> None:
    row = OutletHost(outlet=make_outlet("Example"), host=typed)
    row.full_clean()
    row.save()
    assert str(row) == OutletHost.objects.get().host == "example.org"


@pytest.mark.parametrize("typed", ["localhost", "two words.org", "javascript:alert(1)"])
def test_what_is_no_host_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="is not a host"):
        OutletHost(outlet=make_outlet("Example"), host=typed).full_clean()


def test_a_sub_domain_falls_back_to_its_nearest_parent() -> None:
    paper, blogs = make_outlet("Paper", "example.org"), make_outlet("Blogs", "blogs.example.org")
    hosts = ["example.org", "live.example.org", "a.blogs.example.org", "example.com", ""]
    assert OutletHost.objects.outlets_of(hosts) == {
        "example.org": paper,
        "live.example.org": paper,
        "a.blogs.example.org": blogs,
    }


def test_recognising_takes_one_query_however_many_hosts() -> None:
    make_outlet("Paper", "example.org")
    with CaptureQueriesContext(connection) as queries:
        OutletHost.objects.outlets_of(f"s{n}.example.org" for n in range(100))
    assert len(queries) == 1


def test_outlets_are_made_under_the_name_of_their_host() -> None:
    made = Outlet.objects.make_for_hosts(
        ["federal-wire.example.org", "xn--80aikifvh.xn--j1amh", ""]
    )
    assert {host: (outlet.name, outlet.slug) for host, outlet in made.items()} == {
        "federal-wire.example.org": ("federal-wire.example.org", "federal-wire-example-org"),
        "xn--80aikifvh.xn--j1amh": ("приклад.укр", "приклад-укр"),
    }
    assert Outlet.objects.make_for_hosts(made) == made
    assert Outlet.objects.count() == 2


def test_an_outlet_is_called_by_its_name() -> None:
    assert str(make_outlet("Paper")) == "Paper"
