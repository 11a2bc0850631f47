"""The words of pauses as claims, for people here and for customers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from yinuo.domains.requests.claims import ClaimState
from yinuo.kernel.plan.limits import Unit
from yinuo.kernel.plan.words import STOP_REASONS
from yinuo.platform.errors import Text
from yinuo.surfaces.assets.languages import in_language

STATES: Mapping[str, Text] = {
    ClaimState.NOT_ASKED: pgettext_lazy("claim", "no answer needed"),
    ClaimState.WAITING: pgettext_lazy("claim", "waits for the customer"),
    ClaimState.ACKNOWLEDGED: pgettext_lazy("claim", "acknowledged"),
    ClaimState.SILENT: pgettext_lazy("claim", "acknowledged by silence"),
    ClaimState.OBJECTED: pgettext_lazy("claim", "objected to"),
    ClaimState.TOO_LATE: pgettext_lazy("claim", "objected too late"),
    ClaimState.UPHELD: pgettext_lazy("claim", "objection stands"),
}
TONES: Mapping[str, Text] = {
    ClaimState.NOT_ASKED: "",
    ClaimState.WAITING: "soon",
    ClaimState.ACKNOWLEDGED: "calm",
    ClaimState.SILENT: "calm",
    ClaimState.OBJECTED: "over",
    ClaimState.TOO_LATE: "",
    ClaimState.UPHELD: "over",
}
WHYS: Mapping[str, Text] = {
    "reason_not_allowed": pgettext_lazy("pause", "the clause does not allow this reason"),
    "no_proof": pgettext_lazy("pause", "without proof"),
    "not_acknowledged": pgettext_lazy("pause", "the customer has not acknowledged it"),
    "objected": pgettext_lazy("pause", "the customer objected in time"),
    "budget_spent": pgettext_lazy("pause", "the budget of pauses is used up"),
    "budget_reached": pgettext_lazy("pause", "counted until the budget was used up"),
}
UNITS: Mapping[str, Text] = {
    Unit.MINUTE: pgettext_lazy("unit of time", "minutes"),
    Unit.HOUR: pgettext_lazy("unit of time", "hours"),
    Unit.DAY: pgettext_lazy("unit of time", "days"),
    Unit.WEEK: pgettext_lazy("unit of time", "weeks"),
}


def reason(code: str) -> Text:
    """Why a clock was stopped, in the reader's language; the plan's own code as it is."""
    found = STOP_REASONS.get(code)
    return in_language(found.zh, found.en) if found else code
