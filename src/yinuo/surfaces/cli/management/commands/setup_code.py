"""Prints the one-time set-up code of an empty installation; silent once somebody owns it (R18)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from yinuo.platform.accounts.services import ensure_setup_code


class Command(BaseCommand):
    help = "Print the one-time set-up code of an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        code = ensure_setup_code(timezone.now())
        if code is not None:
            self.stdout.write(f"Open {settings.SETUP_URL} and enter the set-up code: {code}")
