"""The Django application of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, tokens and sign-in."""

    name = "yinuo.platform.accounts"
    label = "accounts"
