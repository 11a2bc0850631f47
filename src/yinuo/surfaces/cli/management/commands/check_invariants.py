"""Compares what is stored with a fresh computation; fails when something differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from yinuo.domains.feedback.checking import wrong_cases, wrong_publications
from yinuo.domains.obligations.checking import (
    forgotten_subjects,
    wrong_joint_exposure,
    wrong_money,
)
from yinuo.domains.obligations.ledger_checking import wrong_ledger
from yinuo.domains.parts.checking import wrong_stock

# So many are named; more would say nothing new.
NAMED = 20


class Command(BaseCommand):
    help = "Check stored money, the ledgers, stock and tables of days against a fresh computation."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = wrong_money(now=timezone.now())
        for one in wrong[:NAMED]:
            self.stdout.write(f"promise {one.public_id}: stored {one.stored}, fresh {one.fresh}")
        if wrong:
            raise CommandError(f"The money of {len(wrong)} promises is not what it should be.")
        self.stdout.write("exposure: every stored amount equals a fresh computation")
        self._check_joint()
        self._check_ledger()
        self._check_stock()
        self._check_editions()
        self._check_cases()
        self._check_publications()

    def _check_joint(self) -> None:
        wrong = wrong_joint_exposure(now=timezone.now())
        for one in wrong[:NAMED]:
            self.stdout.write(f"contract {one.contract_id}: stored {one.stored}, fresh {one.fresh}")
        if wrong:
            raise CommandError(f"{len(wrong)} contracts do not cost together what they should.")
        self.stdout.write("joint exposure: every contract equals a fresh computation")

    def _check_ledger(self) -> None:
        wrong = wrong_ledger(now=timezone.now())
        for one in wrong[:NAMED]:
            fresh = "the sum of its entries" if one.fresh is None else one.fresh
            self.stdout.write(f"breach {one.public_id}: posted {one.posted}, should be {fresh}")
        if wrong:
            raise CommandError(f"{len(wrong)} breaches do not come to what they should.")
        self.stdout.write("breach ledger: every sum equals its entries and the kernel")

    def _check_stock(self) -> None:
        wrong = wrong_stock()
        for one in wrong[:NAMED]:
            self.stdout.write(
                f"{one.part} in {one.depot}: stored {one.stored} for {one.stored_value}, "
                f"ledger or pieces {one.fresh} for {one.fresh_value}"
            )
        if wrong:
            raise CommandError(f"The stock of {len(wrong)} parts is not what its ledger says.")
        self.stdout.write("stock: every balance equals its ledger and its pieces")

    def _check_editions(self) -> None:
        forgotten = forgotten_subjects()
        for one in forgotten[:NAMED]:
            self.stdout.write(f"subject {one}: no table of days is kept for its live promises")
        if forgotten:
            raise CommandError(f"{len(forgotten)} subjects would miss a new table of days.")
        self.stdout.write("statutory days: every live promise knows by which table it was computed")

    def _check_cases(self) -> None:
        wrong = wrong_cases()
        for one in wrong[:NAMED]:
            self.stdout.write(f"case {one.case_id}: stored {one.stored}, fresh {one.fresh}")
        if wrong:
            raise CommandError(f"{len(wrong)} scored cases are not what they come to.")
        self.stdout.write("fair scores: every case equals answer, sheet and promise")

    def _check_publications(self) -> None:
        wrong = wrong_publications()
        for one in wrong[:NAMED]:
            self.stdout.write(one)
        if wrong:
            raise CommandError(f"{len(wrong)} published months do not equal a fresh count.")
        self.stdout.write("published scores: every month equals a fresh count")
