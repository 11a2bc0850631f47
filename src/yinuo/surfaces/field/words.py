"""What the app says and the rules it works by without network, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.kernel.work_states import WORK_STEPS
from yinuo.platform.errors import Text
from yinuo.surfaces.field.texts import TEXTS
from yinuo.surfaces.field.texts_of_forms import FORM_TEXTS

Words = Mapping[str, Text]

STATES: Words = {
    "drafted": pgettext_lazy("work order", "To be assigned"),
    "assigned": pgettext_lazy("work order", "To be accepted"),
    "accepted": pgettext_lazy("work order", "Accepted"),
    "appointed": pgettext_lazy("work order", "Agreed with the customer"),
    "departed": pgettext_lazy("work order", "On the way"),
    "arrived": pgettext_lazy("work order", "On site"),
    "worked": pgettext_lazy("work order", "To be signed"),
    "signed": pgettext_lazy("work order", "Signed"),
    "returned": pgettext_lazy("work order", "Handed in"),
    "filed": pgettext_lazy("work order", "Filed"),
    "aborted": pgettext_lazy("work order", "Aborted"),
}
STEPS: Words = {
    "accepted": pgettext_lazy("work step", "Accept"),
    "declined": pgettext_lazy("work step", "Decline"),
    "appointed": pgettext_lazy("work step", "Note what was agreed"),
    "departed": pgettext_lazy("work step", "Depart"),
    "arrived": pgettext_lazy("work step", "I have arrived"),
    "worked": pgettext_lazy("work step", "Write down what was done"),
    "signed": pgettext_lazy("work step", "Have the customer sign"),
}
LEADS: Words = {
    "declined": _("The sheet goes back to be assigned to somebody else."),
    "appointed": _("Phone the contact before leaving: agree on the time and on how it is done."),
    "arrived": _("Your arrival counts from now, also without network."),
}
PROMISES: Words = {
    "running": pgettext_lazy("promise", "Running"),
    "paused": pgettext_lazy("promise", "Paused"),
    "met": pgettext_lazy("promise", "Kept"),
    "missed": pgettext_lazy("promise", "Missed"),
    "void": pgettext_lazy("promise", "No longer applies"),
}
ACCESSORIES: Words = {
    "yes": pgettext_lazy("accessories", "Handed over"),
    "no": pgettext_lazy("accessories", "Not handed over"),
    "none": pgettext_lazy("accessories", "There are none"),
}
SATISFACTIONS: Words = {
    "very_satisfied": _("Very satisfied"),
    "satisfied": _("Satisfied"),
    "fair": _("Fair"),
    "dissatisfied": _("Dissatisfied"),
}
DISSATISFACTIONS: Words = {
    "attitude": pgettext_lazy("dissatisfied with", "Attitude"),
    "skill": pgettext_lazy("dissatisfied with", "Skill"),
    "speed": pgettext_lazy("dissatisfied with", "Speed"),
}
COUNTED: Words = {
    "checked": pgettext_lazy("counted", "Checked"),
    "normal": pgettext_lazy("counted", "Normal"),
    "mended": pgettext_lazy("counted", "Mended"),
    "changed": pgettext_lazy("counted", "Changed"),
}
NEEDS: Words = {
    "part": pgettext_lazy("missing on site", "A part"),
    "skill": pgettext_lazy("missing on site", "Somebody with the skill"),
    "other": pgettext_lazy("missing on site", "Something else"),
}


def catalogue(language: str) -> dict[str, Any]:
    """All words in the active language; `language` is what the app calls it.

    The moves of the sheet are the server's own table, so that the app offers without network what
    the server will accept.
    """
    return {
        "language": language,
        "texts": {**_said(TEXTS), **_said(FORM_TEXTS)},
        "states": _said(STATES),
        "steps": _said(STEPS),
        "leads": _said(LEADS),
        "promises": _said(PROMISES),
        "accessories": _said(ACCESSORIES),
        "satisfactions": _said(SATISFACTIONS),
        "dissatisfactions": _said(DISSATISFACTIONS),
        "counted": _said(COUNTED),
        "needs": _said(NEEDS),
        "moves": {
            kind: {state.value: target.value for state, target in step.moves.items()}
            for kind, step in WORK_STEPS.items()
        },
        "map_link": settings.MAP_LINK,
    }


def _said(words: Words) -> dict[str, str]:
    return {name: str(text) for name, text in words.items()}
