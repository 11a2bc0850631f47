"""Browsers in a company with two sibling centres; the API's tests use the same company."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.api.conftest import World, db, standing_world, world

from yinuo.platform.accounts.models import User

__all__ = ["db", "standing_world", "world"]


def signed_in(world: World, **options: bool) -> Client:
    """A browser of somebody who may do everything in his own centre."""
    client = Client(headers={"Accept-Language": "en"}, **options)
    # Who signs in has a password; that nobody knows one that fits this is of no matter here.
    User.objects.filter(pk=world.own.member.user.pk).update(password="argon2$unknown")
    # Read anew: a session carries what the account was when it began.
    client.force_login(User.objects.get(pk=world.own.member.user.pk))
    assert client.get("/accounts/sessions/").status_code == 200
    return client


@pytest.fixture
def browser(world: World) -> Client:
    """His browser; a form without its token is refused."""
    return signed_in(world, enforce_csrf_checks=True)


@pytest.fixture
def lax_browser(world: World) -> Client:
    """The same without tokens in forms, for tests of what comes after that check."""
    return signed_in(world)


@pytest.fixture
def shaken_browser(world: World) -> Client:
    """The same, where an error of ours is answered and not raised."""
    return signed_in(world, raise_request_exception=False)
