"""Compares what is stored with a fresh computation; fails when something differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yinuo.domains.obligations.checking import wrong_money

# So many are named; more would say nothing new.
NAMED = 20


class Command(BaseCommand):
    help = "Check that stored money at risk equals a fresh computation; reads everything."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = wrong_money(now=timezone.now())
        for one in wrong[:NAMED]:
            self.stdout.write(f"promise {one.public_id}: stored {one.stored}, fresh {one.fresh}")
        if wrong:
            raise CommandError(f"The money of {len(wrong)} promises is not what it should be.")
        self.stdout.write("exposure: every stored amount equals a fresh computation")
