"""The words on screen for the fields of steps and the codes they take."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.requests.types import AskedField
from yinuo.platform.errors import Text
from yinuo.surfaces.console import offer_words, words

# By step and field; then by field alone.
FIELDS_OF: Mapping[tuple[str, str], Text] = {
    ("advised_by_phone", "text"): _("What was advised"),
    ("remote_started", "text"): _("What is to be looked at"),
    ("remote_ended", "text"): _("What was done"),
    ("measures_taken", "text"): _("What was done"),
    ("interim_restored", "text"): _("How it is got round"),
    ("development_requested", "text"): _("What is needed"),
    ("noted", "text"): pgettext_lazy("field", "Note"),
    ("expert_invited", "to"): pgettext_lazy("field", "Expert"),
    ("expert_withdrawn", "to"): pgettext_lazy("field", "Expert"),
    ("paused", "reason"): _("What is waited for"),
}
FIELDS: words.Words = {
    "spoken_to": _("Who was spoken to"),
    "received_by": _("Who took it"),
    "text": _("In words"),
    "analysis": _("First analysis"),
    "result": pgettext_lazy("field", "Result"),
    "authorised_by": _("Allowed by (at the customer)"),
    "from_where": _("Dialled in from"),
    "travel_minutes": _("Travel time in minutes"),
    "until": _("Agreed for"),
    "agreed_by": _("Agreed with (at the customer)"),
    "reason": _("Why"),
    "proof": _("Proof"),
    "method": _("How it was restored"),
    "cause": pgettext_lazy("field", "Cause"),
    "cause_text": _("About the cause"),
    "confirmed_by": _("Confirmed by (at the customer)"),
    "reported_to": _("Reported to"),
    "shown": _("The customer may read this"),
    "late_reason": _("Why it is recorded so late"),
    "from": pgettext_lazy("field", "From"),
    "to": pgettext_lazy("field", "To"),
    "into": _("Merged into"),
    "name": pgettext_lazy("field", "Who said it"),
}
HINTS: Mapping[tuple[str, str], Text] = {
    ("remote_started", "authorised_by"): _("Nobody dials in without the customer's permission."),
    ("noted", "shown"): _("Otherwise the note stays internal."),
    ("paused", "proof"): _("What proves it: the number of a message, who confirmed it."),
    ("restored", "cause"): _("As far as it is known."),
}
CODES: words.Words = {
    "solved": pgettext_lazy("result", "Solved"),
    "not_solved": pgettext_lazy("result", "Not solved"),
    "phone": _("by phone"),
    "remote": _("by remote help"),
    **offer_words.PASSED_OVER,
}


def field_label(kind: str, field: AskedField) -> Text:
    """A field's label: the product's, else the plan's, else its name."""
    own = FIELDS_OF.get((kind, field.name)) or FIELDS.get(field.name)
    return own or words.in_language(field.title_zh, field.title_en) or field.name


def said_label(kind: str, name: str) -> Text:
    """The label of something said at a step."""
    return FIELDS_OF.get((kind, name)) or FIELDS.get(name, name)


def code_word(title_zh: str, title_en: str, code: str) -> Text:
    """A code by its plan's name, else the product's."""
    return words.in_language(title_zh, title_en) or CODES.get(code, code)
