"""The words on screen for trainings."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.domains.trainings.types import Occasion, TrainingKind, TrainingOutcome, TrainingStanding
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
    TrainingStanding.PLANNED: pgettext_lazy("training", "Planned"),
    TrainingStanding.HELD: pgettext_lazy("training", "Held"),
    TrainingStanding.CLOSED: pgettext_lazy("training", "Closed"),
    TrainingStanding.CANCELLED: pgettext_lazy("training", "Cancelled"),
}
TONES: Words = {
    TrainingStanding.PLANNED: "soon",
    TrainingStanding.HELD: "calm",
    TrainingStanding.CLOSED: "kept",
    TrainingStanding.CANCELLED: "",
}
OUTCOMES: Words = {
    TrainingOutcome.EXPECTED: pgettext_lazy("training", "not recorded yet"),
    TrainingOutcome.ABSENT: pgettext_lazy("training", "Absent"),
    TrainingOutcome.ATTENDED: pgettext_lazy("training", "Attended"),
    TrainingOutcome.PASSED: pgettext_lazy("training", "Passed"),
    TrainingOutcome.FAILED: pgettext_lazy("training", "Not passed"),
}
OUTCOME_TONES: Words = {
    TrainingOutcome.EXPECTED: "",
    TrainingOutcome.ABSENT: "over",
    TrainingOutcome.ATTENDED: "kept",
    TrainingOutcome.PASSED: "calm",
    TrainingOutcome.FAILED: "over",
}
