"""What all pages share is rendered once, and anew as soon as it would say something else."""

import pytest
from django.template import Context, Template
from django.test import Client

from blog.templatetags.kept import LONGEST, MOST
from publication.models import Publication
from tests.factories import make_assumption, make_claim, make_post, make_publication


class Counted:
    """Tells in a template how often it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return f"rendered {self.times}"


def test_a_part_is_rendered_once_for_the_same_inputs() -> None:
    template, part = (
        Template("{% load kept %}{% kept name %}{{ name }}: {{ part }}{% endkept %}"),
        Counted(),
    )
    said = [template.render(Context({"name": name, "part": part})) for name in "ABAB"]
    assert said == ["A: rendered 1", "B: rendered 2", "A: rendered 1", "B: rendered 2"]


def test_a_part_without_inputs_is_rendered_once() -> None:
    template, part = Template("{% load kept %}{% kept %}{{ part }}{% endkept %}"), Counted()
    said = [template.render(Context({"part": part})) for _ in range(2)]
    assert said == ["rendered 1", "rendered 1"]


def test_a_template_that_is_loaded_anew_renders_its_parts_anew() -> None:
    part = Counted()
    for number in (1, 2):
        template = Template("{% load kept %}{% kept %}{{ part }}{% endkept %}")
        assert template.render(Context({"part": part})) == f"rendered {number}"


def test_a_part_does_not_keep_more_than_it_says() -> None:
    template = Template("{% load kept %}{% kept name %}{{ name }}{% endkept %}")
    for name in range(MOST + 1):
        assert template.render(Context({"name": name})) == str(name)
    [node] = [node for node in template.nodelist if hasattr(node, "rendered")]
    assert list(node.rendered) == [(MOST,)]


def test_a_long_part_is_not_kept() -> None:
    template = Template("{% load kept %}{% kept name %}{{ text }}{% endkept %}")
    for length in (LONGEST, LONGEST + 1):
        template.render(Context({"name": length, "text": "x" * length}))
    [node] = [node for node in template.nodelist if hasattr(node, "rendered")]
    assert list(node.rendered) == [(LONGEST,)]


@pytest.mark.django_db
def test_pages_say_the_new_name_and_notice_at_once(client: Client) -> None:
    make_publication(name="The Margin Note", notice="Independent.")
    assert 'title="The Margin Note"' in client.get("/about/").text
    Publication.objects.update(name="Second Reading", notice="Read twice.")
    page = client.get("/about/").text
    assert 'title="Second Reading"' in page
    assert "Read twice." in page
    assert "Margin" not in page
    assert "Independent." not in page


@pytest.mark.django_db
def test_the_first_claim_is_in_the_navigation_at_once(client: Client) -> None:
    post = make_post()
    assert 'href="/claims/"' not in client.get(post.get_absolute_url()).text
    make_assumption(post, make_claim())
    assert 'href="/claims/"' in client.get(post.get_absolute_url()).text
    post.assumptions.all().delete()
    assert 'href="/claims/"' not in client.get(post.get_absolute_url()).text
