"""The cast of the desk: one user for each role, each with a browser of their own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_author, make_user

LogIn = Callable[[User], Client]


@pytest.fixture
def contributor(db: None) -> User:
    return make_user("contributor")


@pytest.fixture
def author(db: None) -> User:
    """A user with the role, and with a byline."""
    user = make_user("author")
    make_author("Ada Writer", user=user)
    return user


@pytest.fixture
def editor(db: None) -> User:
    return make_user("editor")


@pytest.fixture
def staff(db: None) -> User:
    """May log in at the desk, and nothing else."""
    user = make_user(None)
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def log_in() -> LogIn:
    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
