"""Checks a name or e-mail address with its password: one look-up, one hash, whatever was typed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.names import fold


class PasswordBackend(ModelBackend):
    """Sign-in by user name or e-mail address.

    Exactly one Argon2 hash is computed for every answer, so that time tells nobody whether the
    account exists, is switched off, or was named by its e-mail address (R12).
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        email: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The active user with that name and password, else None."""
        login = fold(username or email or "")
        if not login or not password:
            return None
        # A user name has no "@", so the two kinds of names never meet.
        named = {"email": login} if "@" in login else {"username": login}
        user = User.objects.filter(**named).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None
