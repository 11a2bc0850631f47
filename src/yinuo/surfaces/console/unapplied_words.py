"""What phones sent and could not be applied, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.devices.types import ConflictView
from yinuo.platform.errors import Text
from yinuo.surfaces.console.words import word
from yinuo.surfaces.console.work_words import STEPS

KINDS: Mapping[str, Text] = {
    "step": _("Step"),
    "report": _("Report"),
    "sign": _("Signature"),
    "lines": _("Lines of a checklist"),
    "begin": _("Beginning of a checklist"),
    "finish": _("End of a checklist"),
    "need": _("Something is missing"),
    "next": _("Next visit"),
    "hours": _("Hours there"),
}
# What of a body is read by people; the rest is codes and strokes.
FIELDS: Mapping[str, Text] = {
    "findings": _("Found"),
    "work_done": _("Work done"),
    "parts_used": _("Parts used"),
    "result_reason": _("Why it is not done"),
    "remarks": _("Remarks"),
    "reason": _("Reason"),
    "way": pgettext_lazy("how it is done", "Way"),
    "signer_name": _("Signed"),
    "suggestions": _("Suggestions"),
    "text": pgettext_lazy("what is missing", "Missing"),
    "note": _("Note"),
    "on": _("Day"),
    "unfinished_reason": _("Why lines are open"),
    "began_at": _("Worked from"),
    "ended_at": _("Worked until"),
}


def title_of(view: ConflictView) -> str:
    """What was sent: the step's own name, else its kind."""
    kind: Any = view.body.get("kind")
    if view.kind == "step" and isinstance(kind, str) and kind in STEPS:
        return str(STEPS[kind])
    return str(word(KINDS, view.kind))


def lines_of(view: ConflictView) -> list[tuple[str, str]]:
    """The texts that were sent, with their names."""
    said = ((name, view.body.get(name)) for name in FIELDS)
    return [(str(FIELDS[name]), text) for name, text in said if isinstance(text, str) and text]
