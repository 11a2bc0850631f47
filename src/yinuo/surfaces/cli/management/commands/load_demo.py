"""Loads the invented company into an empty installation and prints its accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yinuo.domains.network.selectors import has_company
from yinuo.surfaces.cli.demo.loading import accounts, is_demo, load_demo


class Command(BaseCommand):
    help = "Load the demo company; an installation that already has one keeps it."

    def handle(self, *args: Any, **options: Any) -> None:
        if has_company():
            if not is_demo():
                raise CommandError(
                    "This installation belongs to a real company. Use another folder: --var DIR"
                )
        else:
            load_demo(timezone.now())
        self.stdout.write("Demo company, invented. Sign in with one of these accounts:")
        for account in accounts():
            self.stdout.write(f"  {account.username:<12} {account.password:<20} {account.role}")
