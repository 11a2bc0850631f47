"""Reading the journal: the reasons people gave, which stay outside the facts to be erasable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from yinuo.platform.journal.models import AuditEntry


def reasons_of_subject(subject_type: str, subject_id: UUID) -> dict[tuple[str, datetime], str]:
    """What was said at each step of a subject: (action, instant) to reason, where one was given.

    `subject_type` is the model's label, such as `requests.request`. The caller has checked that
    the reader may see the subject.
    """
    rows = AuditEntry.objects.filter(subject_type=subject_type, subject_id=subject_id)
    said = rows.exclude(reason="").values_list("action", "at", "reason")
    return {(action, at): reason for action, at, reason in said}


def has_entry(subject_id: UUID, action: str, *, after: Mapping[str, Any]) -> bool:
    """True when this was done to the subject at any time, with these values among the new ones."""
    entries = AuditEntry.objects.filter(subject_id=subject_id, action=action)
    return entries.filter(after__contains=dict(after)).exists()
