"""What participants of trainings and their results have in their columns as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console import training_words, words
from yinuo.surfaces.console.exports import Column

RESULTS = (
    Column(_("Training"), lambda row: row.training.subject),
    Column(
        pgettext_lazy("training", "For whom"),
        lambda row: str(words.word(training_words.KINDS, row.training.kind)),
    ),
    Column(_("State"), lambda row: str(words.word(training_words.STATES, row.training.state))),
    Column(pgettext_lazy("training", "Begins"), lambda row: row.training.starts_at),
    Column(pgettext_lazy("training", "Began"), lambda row: row.training.began_at),
    Column(pgettext_lazy("training", "Ended"), lambda row: row.training.ended_at),
    Column(pgettext_lazy("training", "Held by"), lambda row: row.training.unit_name),
    Column(_("Trainer"), lambda row: row.training.trainer_name),
    Column(_("Customer"), lambda row: row.training.customer_name),
    Column(_("Project"), lambda row: row.training.project_name),
    Column(_("Contract"), lambda row: row.training.contract_number),
    Column(_("Participant"), lambda row: row.participant.name),
    Column(_("Unit"), lambda row: row.participant.unit_name),
    Column(
        pgettext_lazy("training", "Result"),
        lambda row: str(words.word(training_words.OUTCOMES, row.participant.outcome)),
    ),
    Column(pgettext_lazy("training", "Points"), lambda row: row.participant.points),
    Column(pgettext_lazy("training", "Most points"), lambda row: row.training.most_points),
    Column(_("Skill"), lambda row: row.training.teaches.skill),
    Column(pgettext_lazy("skill", "Level"), lambda row: row.training.teaches.level),
    Column(pgettext_lazy("training", "Granted"), lambda row: row.participant.granted_at),
)
