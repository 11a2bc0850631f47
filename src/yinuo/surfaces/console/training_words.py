"""The words on screen for trainings."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.domains.trainings.types import Occasion, Outcome, Standing, TrainingKind
from yinuo.surfaces.console.words import Words

KINDS: Words = {
    TrainingKind.EXTERNAL: pgettext_lazy("training", "For customers"),
    TrainingKind.INTERNAL: pgettext_lazy("training", "Our own people"),
}
OCCASIONS: Words = {
    Occasion.HANDOVER: pgettext_lazy("training", "Hand-over"),
    Occasion.INSTALLATION: pgettext_lazy("training", "Installation"),
    Occasion.OPERATION: pgettext_lazy("training", "Operation"),
    Occasion.MAINTENANCE: pgettext_lazy("training", "Daily maintenance"),
    Occasion.OTHER: pgettext_lazy("training", "Other"),
}
STATES: Words = {
    Standing.PLANNED: pgettext_lazy("training", "Planned"),
    Standing.HELD: pgettext_lazy("training", "Held"),
    Standing.CLOSED: pgettext_lazy("training", "Closed"),
    Standing.CANCELLED: pgettext_lazy("training", "Cancelled"),
}
TONES: Words = {
    Standing.PLANNED: "soon",
    Standing.HELD: "calm",
    Standing.CLOSED: "kept",
    Standing.CANCELLED: "",
}
OUTCOMES: Words = {
    Outcome.EXPECTED: pgettext_lazy("training", "not recorded yet"),
    Outcome.ABSENT: pgettext_lazy("training", "Absent"),
    Outcome.ATTENDED: pgettext_lazy("training", "Attended"),
    Outcome.PASSED: pgettext_lazy("training", "Passed"),
    Outcome.FAILED: pgettext_lazy("training", "Not passed"),
}
OUTCOME_TONES: Words = {
    Outcome.EXPECTED: "",
    Outcome.ABSENT: "over",
    Outcome.ATTENDED: "kept",
    Outcome.PASSED: "calm",
    Outcome.FAILED: "over",
}
