"""The words on screen for who may do what: ways of service, absences, certificates, rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.network.qualification_types import AbsenceKind, Rule, ServiceMode, Validity
from yinuo.surfaces.console.words import Words

MODES: Words = {
    ServiceMode.PHONE: _("by phone"),
    ServiceMode.REMOTE: _("remote"),
    ServiceMode.ON_SITE: pgettext_lazy("way of service", "on site"),
    ServiceMode.SEND_IN: _("send-in repair"),
    ServiceMode.TRAINING: pgettext_lazy("way of service", "training"),
}
ABSENCES: Words = {
    AbsenceKind.LEAVE: pgettext_lazy("absence", "Leave"),
    AbsenceKind.SICK: pgettext_lazy("absence", "Illness"),
    AbsenceKind.TRAINING: pgettext_lazy("absence", "Training"),
    AbsenceKind.OTHER: pgettext_lazy("absence", "Other"),
}
VALIDITIES: Words = {
    Validity.TO_COME: pgettext_lazy("certificate", "to come"),
    Validity.GOOD: pgettext_lazy("certificate", "valid"),
    Validity.ENDING: pgettext_lazy("certificate", "ends soon"),
    Validity.EXPIRED: pgettext_lazy("certificate", "expired"),
    Validity.WITHDRAWN: pgettext_lazy("certificate", "withdrawn"),
}
VALIDITY_TONES: Words = {
    Validity.TO_COME: "",
    Validity.GOOD: "kept",
    Validity.ENDING: "soon",
    Validity.EXPIRED: "over",
    Validity.WITHDRAWN: "",
}
RULES: Words = {
    Rule.SKILL: pgettext_lazy("rule", "skill"),
    Rule.CERTIFICATE: pgettext_lazy("rule", "certificate"),
    Rule.UNIT_CERTIFICATE: pgettext_lazy("rule", "certificate of the unit"),
    Rule.TOOLS: pgettext_lazy("rule", "tools"),
    Rule.ABSENCE: pgettext_lazy("rule", "absent"),
    Rule.SHIFT: pgettext_lazy("rule", "outside working hours"),
    Rule.OVERLAP: pgettext_lazy("rule", "already booked"),
}
