"""Streams of other domains that feedback reads in order, one worker at a time."""

from __future__ import annotations

from django.db import transaction

from yinuo.domains.feedback.answer_models import TakenUpTo


def claimed(name: str) -> TakenUpTo | None:
    """The stream, locked until the step ends; None while another worker reads it."""
    rows = TakenUpTo.objects.select_for_update(skip_locked=True)
    found = rows.filter(pk=name).first()
    if found is None:
        with transaction.atomic():
            TakenUpTo.objects.bulk_create([TakenUpTo(stream=name)], ignore_conflicts=True)
        found = rows.filter(pk=name).first()
    return found
