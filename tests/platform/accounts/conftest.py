"""Accounts and browsers for the tests of sign-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from yinuo.platform.accounts.hashing import Argon2idHasher
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.services import NewUser, create_user

PASSWORD = "lamp-Orchard-52-quiet"
OTHER_PASSWORD = "river_Kettle_81_slow"


class Browser(Client):
    """One browser at one address."""

    def __init__(self, address: str = "198.51.100.7") -> None:
        super().__init__(REMOTE_ADDR=address)

    def sign_in(self, login: str = "zhang.wei", password: str = PASSWORD) -> HttpResponse:
        return self.post("/accounts/login/", {"login": login, "password": password})

    @property
    def is_signed_in(self) -> bool:
        return self.get("/accounts/sessions/").status_code == 200


@pytest.fixture(autouse=True)
def cheap_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id at its lowest cost, except where the cost itself is the subject."""
    if "real_cost" not in request.fixturenames:
        monkeypatch.setattr(Argon2idHasher, "memory_cost", 64)
        monkeypatch.setattr(Argon2idHasher, "time_cost", 1)


@pytest.fixture
def real_cost() -> None:
    """Ask for the cost of production."""


@pytest.fixture
def make_user() -> Callable[..., User]:
    def make(username: str = "zhang.wei", **changes: str) -> User:
        content = {"display_name": "章 唯", "password": PASSWORD, **changes}
        return create_user(NewUser(username=username, **content), now=timezone.now())

    return make


@pytest.fixture
def user(db: None, make_user: Callable[..., User]) -> User:
    return make_user()
