"""Where allauth asks us: who may sign in, how often, from where, and what a new password ends."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yinuo.platform.accounts.addresses import client_address, limit_key
from yinuo.platform.accounts.devices import known_device, remember_device
from yinuo.platform.accounts.models import User
from yinuo.platform.accounts.names import fold
from yinuo.platform.accounts.services import change_password
from yinuo.platform.accounts.throttle import (
    give_back_attempt,
    sign_in_buckets,
    take_or_refuse,
)

_MISMATCH = _("The name or the password is not right.")

# After sign-out a note would need a new session, just for itself.
_NEEDLESS_NOTES = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks. Its own rate limits are off: they live in a cache that may forget."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One text, so that it does not tell which kind of name was recognised.
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator or by the first-run set-up."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address shown in the list of sessions."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The user, None, or a ValidationError when no attempt is left (R12)."""
        login = fold(credentials.get("username") or credentials.get("email") or "")
        buckets = sign_in_buckets(
            login, limit_key(client_address(request)), known_device(request, login)
        )
        take_or_refuse(buckets, now=timezone.now())
        user = authenticate(
            request, username=login, password=cast(str, credentials.get("password", ""))
        )
        if user is None:
            return None
        give_back_attempt(buckets)
        return user

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        """Answer the sign-in and let this browser keep its own allowance of wrong guesses."""
        response: HttpResponse = super().post_login(request, user, **hook)
        for login in filter(None, (user.username, user.email)):
            remember_device(request, response, login)
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *content: Any,
        **more: Any,
    ) -> None:
        """allauth's notes, except those that only say what the page shows anyway."""
        if message_template not in _NEEDLESS_NOTES:
            super().add_message(request, level, message_template, *content, **more)

    def set_password(self, user: User, password: str) -> None:
        """Change the password and end the other sessions."""
        change_password(user, password)
