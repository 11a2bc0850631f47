"""The forms of sign-in, password change and session list.

Field names: sign-in `login`, `password`; password change `oldpassword`, `password1`,
`password2`; session list `session` (absent: all others).
"""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.internal.flows.sessions import end_sessions as end_listed_sessions
from allauth.usersessions.models import UserSession
from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yinuo.platform.accounts.names import fold
from yinuo.platform.accounts.throttle import (
    current_password_buckets,
    give_back_attempt,
    take_or_refuse,
)

LONGEST_LOGIN = 254
LONGEST_PASSWORD = 128


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name or e-mail address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"] = forms.CharField(
            label=_("User name or e-mail"),
            max_length=LONGEST_LOGIN,
            widget=forms.TextInput(attrs=attributes),
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            max_length=LONGEST_PASSWORD,
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )

    def user_credentials(self) -> dict[str, Any]:
        """What was typed, folded; whether it is a user name or an address is seen by the `@`."""
        return {
            "username": fold(self.cleaned_data["login"]),
            "password": self.cleaned_data["password"],
        }


class PasswordChangeForm(ChangePasswordForm):  # type: ignore[misc]
    """Current password, new password twice."""

    def clean_oldpassword(self) -> str:
        """The current password; guesses are limited, for a session may have been left open."""
        buckets = current_password_buckets(self.user.pk)
        take_or_refuse(buckets, now=timezone.now())
        typed: str = super().clean_oldpassword()
        give_back_attempt(buckets)
        return typed

    def clean(self) -> dict[str, Any]:
        """Both spellings agree, and the new password is new."""
        cleaned: dict[str, Any] = super().clean()
        new = cleaned.get("password1")
        if new is not None and new == cleaned.get("oldpassword"):
            self.add_error("password1", _("Choose a password that you do not have already."))
        return cleaned


class EndSessionsForm(ManageUserSessionsForm):  # type: ignore[misc]
    """Ends one of the user's own sessions, or all others when none is named."""

    session = forms.ModelChoiceField(queryset=UserSession.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = UserSession.objects.filter(user_id=self.request.user.pk)
        self.fields["session"].queryset = own

    def save(self, request: HttpRequest) -> None:
        """End what was chosen."""
        chosen = self.cleaned_data["session"]
        if chosen is None:
            end_other_sessions(request, request.user)
        else:
            end_listed_sessions(request, [chosen])
