"""Addresses of emergency plans."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.emergency import plans, setbacks, steps

PLAN = "emergency/<uuid:plan_id>/"
SETBACK = PLAN + "setbacks/<uuid:setback_id>/"

urlpatterns = [
    path("emergency/", plans.plans, name="emergency"),
    path("requests/<uuid:request_id>/emergency/new/", plans.plan_new, name="emergency_new"),
    path(PLAN, plans.plan_one, name="emergency_one"),
    path(PLAN + "write/", plans.plan_write, name="emergency_write"),
    path(PLAN + "consent/", steps.consent, name="emergency_consent"),
    path(PLAN + "ask/", steps.ask, name="emergency_ask"),
    path(PLAN + "depart/", steps.departure, name="emergency_depart"),
    path(PLAN + "estimate/", steps.estimate, name="emergency_estimate"),
    path(PLAN + "close/", steps.close, name="emergency_close"),
    path(PLAN + "withdraw/", steps.withdraw, name="emergency_withdraw"),
    path(PLAN + "setbacks/new/", setbacks.setback, name="emergency_setback"),
    path(SETBACK + "help/", setbacks.support, name="emergency_help"),
    path(SETBACK + "settle/", setbacks.settle, name="emergency_settle"),
    path(PLAN + "steps/<slug:act>/", steps.step, name="emergency_step"),
]
