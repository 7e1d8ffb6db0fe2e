"""`manage.py set_up`: a new site gets a demo and an account; an old one keeps what it has."""

import re
from collections.abc import Iterator
from io import StringIO
from unittest.mock import patch

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command

from blog.models import CrossReference, Post
from publication.models import Publication

pytestmark = pytest.mark.django_db


def set_up(*, no_demo: bool = False) -> str:
    said = StringIO()
    call_command("set_up", no_demo=no_demo, stdout=said)
    return said.getvalue()


@pytest.fixture
def an_interrupted_import() -> Iterator[None]:
    """Ctrl+C in the middle of the demo, after something was written."""

    def call(name: str, *args: object, **options: object) -> None:
        if name == "import_markdown":
            Publication.objects.create(name="Half a demo")
            raise KeyboardInterrupt
        call_command(name, *args, **options)

    with patch("blog.management.commands.set_up.call_command", call):
        yield


def test_a_new_site_gets_the_demo() -> None:
    set_up()
    assert Post.objects.count() >= 12
    assert Publication.objects.exists()


def test_a_new_site_gets_one_admin_whose_password_is_shown() -> None:
    said = set_up(no_demo=True)
    shown = re.search(r"Its password: +(\S{16,})", said)
    assert shown
    account = authenticate(username="admin", password=shown[1])
    assert isinstance(account, User)
    assert account.is_superuser
    assert "manage.py changepassword admin" in said


def test_every_new_site_has_another_password() -> None:
    first = set_up(no_demo=True)
    User.objects.all().delete()
    assert set_up(no_demo=True) != first


def test_the_second_run_changes_and_says_nothing() -> None:
    set_up()
    User.objects.update(username="somebody")
    Post.objects.update(headline="Mine")
    posts = set(Post.objects.values_list("pk", "headline"))
    assert set_up() == ""
    assert set(Post.objects.values_list("pk", "headline")) == posts
    assert list(User.objects.values_list("username", flat=True)) == ["somebody"]


def test_a_deleted_demo_does_not_come_back() -> None:
    set_up()
    CrossReference.objects.all().delete()
    Post.objects.all().delete()
    set_up()
    assert not Post.objects.exists()


def test_an_empty_site_on_request() -> None:
    set_up(no_demo=True)
    assert not Post.objects.exists()
    assert Publication.current().name == "Passim"


def test_a_site_with_posts_of_its_own_gets_no_demo() -> None:
    Post.objects.create(headline="The only one")
    set_up()
    assert [post.headline for post in Post.objects.all()] == ["The only one"]


def test_an_interrupted_demo_leaves_nothing_and_is_loaded_by_the_next_run(
    an_interrupted_import: None,
) -> None:
    with pytest.raises(KeyboardInterrupt):
        set_up()
    assert not Publication.objects.exists()
    assert not Post.objects.exists()
