"""`setup_code`: shows the person at the console how to take an empty installation (R18)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.platform.accounts.services import ensure_setup_code


class Command(BaseCommand):
    """Prints a fresh one-time code while no user exists, nothing afterwards."""

    help = "Print the one-time set-up code of an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        """Each run makes the code printed before it void."""
        code = ensure_setup_code(timezone.now())
        if code is not None:
            self.stdout.write(_("Nobody can sign in yet. Open this page and type the code:"))
            self.stdout.write(f"  {settings.SETUP_URL}  {code}")
