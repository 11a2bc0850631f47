"""The Django application of accounts."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    """Users, tokens and sign-in."""

    name = "yinuo.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Stamp every new session, however its user signed in."""
        from yinuo.platform.accounts.limits import begin_session

        user_logged_in.connect(begin_session, dispatch_uid="accounts.begin_session")
