"""Addresses of the breach ledger."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.admin import limits
from yinuo.surfaces.console.views.breaches import pages, steps

BREACH = "breaches/<uuid:breach_id>/"

urlpatterns = [
    path("breaches/", pages.breaches, name="breaches"),
    path("breaches/legs/", pages.legs, name="breaches_legs"),
    path(BREACH, pages.one, name="breaches_one"),
    path(BREACH + "approve/", steps.approve, name="breaches_approve"),
    path(BREACH + "waive/", steps.waive, name="breaches_waive"),
    path(BREACH + "dispute/", steps.dispute, name="breaches_dispute"),
    path(BREACH + "decide/", steps.decide, name="breaches_decide"),
    path(BREACH + "correct/", steps.correct, name="breaches_correct"),
    path(BREACH + "loss/", steps.loss, name="breaches_loss"),
    path(BREACH + "leg/", steps.leg, name="breaches_leg"),
    path("breach-rights/<uuid:right_id>/", steps.right, name="breaches_right"),
    path("settings/limits/", limits.limits, name="settings_limits"),
    path("settings/limits/edit/", steps.limit, name="settings_limits_edit"),
]
