"""What a page was made of is gone with it; nothing waits until Python looks for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.template import TemplateDoesNotExist, engines
from django.template.context import BaseContext
from django.test import RequestFactory

from tests.factories import make_post

REQUEST = RequestFactory().get("/")


@contextmanager
def without_collecting() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def left() -> list[type]:
    kinds = (WSGIRequest, BaseContext)
    return [type(one) for one in gc.get_objects() if issubclass(type(one), kinds)]


def test_a_template_says_what_djangos_says() -> None:
    template = engines["django"].from_string(
        "{{ a }} {{ request.path }} {% with a=2 %}{{ a }}{% endwith %}"
    )
    assert template.render({"a": "<1>"}, REQUEST) == "&lt;1&gt; / 2"
    assert template.render() == "  2"


def test_a_template_that_is_not_there_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        engines["django"].get_template("nowhere.html")
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        engines["django"].from_string('{% include "nowhere.html" %}').render({}, REQUEST)


def test_what_a_page_was_made_of_goes_with_it() -> None:
    template = engines["django"].from_string("{{ a.b }}{% for one in a.c %}{{ one }}{% endfor %}")
    with without_collecting():
        before = len(left())
        for _ in range(3):
            made = SimpleNamespace(b=1, c=[1, 2])
            assert template.render({"a": made}, REQUEST) == "112"
        assert len(left()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/search/?q=first", "/map/", "/archive/", "/feed.atom"])
def test_a_request_goes_with_its_answer(path: str) -> None:
    make_post("A first")
    site = BaseHandler()
    site.load_middleware()

    def ask() -> None:
        assert site.get_response(RequestFactory().get(path)).status_code == 200

    ask()
    with without_collecting():
        before = len(left())
        ask()
        assert len(left()) == before
