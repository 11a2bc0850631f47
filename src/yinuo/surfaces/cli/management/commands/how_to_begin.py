"""How to begin with an installation of one's own: the set-up code while it is empty."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from yinuo.surfaces.cli.demo.loading import is_demo


class Command(BaseCommand):
    """Refuses the demo company: its passwords are public, so it is never served by surprise."""

    help = "Print the set-up code of an empty installation; refuse the demo company."

    def handle(self, *args: Any, **options: Any) -> None:
        """Errors: CommandError when the installation holds the demo company."""
        if is_demo():
            raise CommandError(
                "This folder holds the demo company, whose passwords everybody knows. Start it "
                "with --demo (make demo), or name another folder: --var DIR (make run VAR=DIR)"
            )
        call_command("setup_code", stdout=self.stdout)
