"""The words on screen for relocations."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

STATES: Words = {
    "planning": pgettext_lazy("relocation", "Being planned"),
    "sent": pgettext_lazy("relocation", "Sent for approval"),
    "approved": pgettext_lazy("relocation", "Approved"),
    "under_way": pgettext_lazy("relocation", "Under way"),
    "rolling_back": pgettext_lazy("relocation", "To be rolled back"),
    "rolled_back": pgettext_lazy("relocation", "Rolled back"),
    "done": pgettext_lazy("relocation", "Done, to be accepted"),
    "accepted": pgettext_lazy("relocation", "Accepted"),
    "cancelled": pgettext_lazy("relocation", "Cancelled"),
}
STEPS: Words = {
    "waiting": pgettext_lazy("relocation", "Waiting"),
    "running": pgettext_lazy("relocation", "Running"),
    "done": pgettext_lazy("relocation", "Done"),
    "failed": pgettext_lazy("relocation", "Failed"),
    "rolled_back": pgettext_lazy("relocation", "Rolled back"),
}
STEP_ACTS: Words = {
    "started": pgettext_lazy("relocation", "Start"),
    "done": pgettext_lazy("relocation", "Done"),
    "failed": pgettext_lazy("relocation", "Failed"),
    "rolled_back": pgettext_lazy("relocation", "Roll back"),
}
TONES: Words = {"running": "soon", "failed": "over", "done": "kept"}
# Acts on the whole, in the order of their buttons.
ACTS: Words = {
    "step": pgettext_lazy("relocation", "Add a step"),
    "send": pgettext_lazy("relocation", "Send for approval"),
    "approve": pgettext_lazy("relocation", "Approved by the customer"),
    "take_back": pgettext_lazy("relocation", "Take back to go on writing"),
    "accept": pgettext_lazy("relocation", "Accepted by the customer"),
    "replan": pgettext_lazy("relocation", "Plan anew"),
    "cancel": pgettext_lazy("relocation", "Call it off"),
}
