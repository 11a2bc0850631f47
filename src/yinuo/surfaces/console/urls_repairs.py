"""Addresses of repair orders."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import repairs

ONE = "repairs/<uuid:repair_id>/"

urlpatterns = [
    path("repairs/", repairs.repairs, name="repairs"),
    path(ONE, repairs.repair, name="repairs_one"),
    path(ONE + "do/<slug:leg>/", repairs.act, name="repairs_do"),
    path("requests/<uuid:request_id>/repair/", repairs.new, name="repairs_new"),
]
