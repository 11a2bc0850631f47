"""Addresses of dispatch: the board, plans of days, who can go, what it reckons with."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import board, companions, dispatching, planning
from yinuo.surfaces.console.views.admin import weights

PLAN = "board/plans/<uuid:day_plan_id>/"

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/plans/", planning.plans, name="board_plans"),
    path("board/plans/new/", planning.new, name="board_plans_new"),
    path(PLAN, planning.one, name="board_plans_one"),
    path(PLAN + "version/", planning.one_version, name="board_plans_one_version"),
    path(PLAN + "cancel/", planning.cancel, name="board_plans_cancel"),
    path(PLAN + "take/", planning.take, name="board_plans_take"),
    path("work/<uuid:work_order_id>/who/", dispatching.who, name="work_who"),
    path("work/<uuid:work_order_id>/along/", companions.companions, name="work_companions"),
    path("work/<uuid:shared_work_order_id>/hours/", companions.hours, name="work_hours"),
    path("settings/weights/", weights.weights, name="settings_weights"),
    path("settings/weights/edit/", weights.edit, name="settings_weights_edit"),
    path("settings/weights/hour/", weights.hour, name="settings_weights_hour"),
]
