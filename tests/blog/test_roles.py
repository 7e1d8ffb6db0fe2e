"""Roles: what a contributor, an author and an editor may do with whose post."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.management import call_command

from blog.models import Post
from blog.roles import may_change, may_delete, may_open, may_publish, seen_by
from tests.factories import (
    ROLES,
    Role,
    make_author,
    make_draft,
    make_post,
    make_scheduled,
    make_user,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

KINDS: dict[str, Callable[..., Post]] = {
    "draft": make_draft,
    "scheduled": make_scheduled,
    "published": make_post,
    "withdrawn": make_withdrawn,
}
# What each role may do with its own post: o open, c change, p publish, d delete.
OWN = {
    "contributor": {"draft": "ocd", "scheduled": "o", "published": "o", "withdrawn": "o"},
    "author": {"draft": "ocpd", "scheduled": "ocpd", "published": "ocp", "withdrawn": "ocp"},
    "editor": {"draft": "ocpd", "scheduled": "ocpd", "published": "ocp", "withdrawn": "ocp"},
}
RULES = {"o": may_open, "c": may_change, "p": may_publish, "d": may_delete}


def allowed(user: User | AnonymousUser, post: Post) -> str:
    return "".join(letter for letter, rule in RULES.items() if rule(user, post))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_do_with_its_own(role: Role, kind: str) -> None:
    user = make_user(role)
    assert allowed(user, KINDS[kind](created_by=user)) == OWN[role][kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_contributor_and_an_author_may_do_nothing_with_what_is_not_theirs(kind: str) -> None:
    post = KINDS[kind](created_by=make_user("author"))
    assert allowed(make_user("contributor"), post) == ""
    assert allowed(make_user("author"), post) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_may_do_with_every_post_what_an_author_may_with_their_own(kind: str) -> None:
    post = KINDS[kind](created_by=make_user("author"))
    assert allowed(make_user("editor"), post) == OWN["editor"][kind]


@pytest.mark.parametrize("kind", KINDS)
def test_staff_without_a_role_and_readers_may_do_nothing(kind: str) -> None:
    staff = make_user(None)
    staff.is_staff = True
    staff.save()
    post = KINDS[kind](created_by=staff)
    assert allowed(staff, post) == ""
    assert allowed(AnonymousUser(), post) == ""


def test_a_byline_makes_a_post_ones_own() -> None:
    user = make_user("author")
    post = make_draft(authors=[make_author(user=user), make_author()])
    assert allowed(user, post) == "ocpd"


def test_what_may_be_named_to_a_user_is_public_or_their_own() -> None:
    user = make_user("contributor")
    own, public = make_draft(created_by=user), make_post()
    make_draft(), make_scheduled(), make_withdrawn()
    assert set(seen_by(user)) == {own, public}
    assert set(seen_by(AnonymousUser())) == {public}
    assert seen_by(make_user("editor")).count() == 5


def test_roles_come_with_the_migrations() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


def test_each_role_has_everything_that_the_one_before_it_has() -> None:
    sets = [set(Group.objects.get(name=role).permissions.all()) for role in ROLES]
    assert sets[0] < sets[1] < sets[2]


def test_no_role_may_make_users_or_give_out_permissions() -> None:
    granted = Group.objects.values_list("permissions__content_type__app_label", flat=True)
    assert set(granted) == {"blog", "sources", "publication"}


@pytest.mark.django_db(transaction=True)
def test_the_roles_can_be_taken_back_and_made_again() -> None:
    call_command("migrate", "blog", "0001", verbosity=0)
    assert not Group.objects.exists()
    call_command("migrate", "blog", verbosity=0)
    assert Group.objects.count() == 3
