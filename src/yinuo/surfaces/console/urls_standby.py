"""Addresses of standby units and their loans."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import standby

LOAN = "standby/loans/<uuid:loan_id>/"
REQUEST = "requests/<uuid:request_id>/standby/"

urlpatterns = [
    path("standby/", standby.units, name="standby"),
    path("standby/new/", standby.new, name="standby_new"),
    path("standby/<uuid:standby_id>/", standby.unit, name="standby_one"),
    path(LOAN, standby.loan, name="standby_loan"),
    path(LOAN + "do/<slug:loan_act>/", standby.act, name="standby_do"),
    path(REQUEST + "ask/", standby.ask, name="standby_ask"),
    path(REQUEST + "lend/", standby.lend, name="standby_lend"),
]
