"""Addresses of preventive visits and their series."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.visits import acting, due, month, series, suggested, year

VISIT = "visits/<uuid:due_visit_id>/"
SERIES = "visits/series/<uuid:series_id>/"

urlpatterns = [
    path("visits/", due.visits, name="visits"),
    path("visits/suggested/", suggested.suggested, name="visits_suggested"),
    path("visits/suggested/take/", suggested.take, name="visits_suggested_take"),
    path("visits/suggested/decline/", suggested.decline, name="visits_suggested_decline"),
    path("visits/month/", month.month, name="visits_month"),
    path("visits/series/", series.every_series, name="visits_series"),
    path("customers/<uuid:customer_id>/series/new/", series.new, name="visits_series_new"),
    path("customers/<uuid:customer_id>/year/", year.year_report, name="customers_year"),
    path(SERIES, series.one, name="visits_series_one"),
    path(SERIES + "edit/", series.edit, name="visits_series_edit"),
    path(SERIES + "end/", series.end, name="visits_series_end"),
    path(SERIES + "reading/", series.reading, name="visits_series_reading"),
    path(VISIT, due.one, name="visits_one"),
    path(VISIT + "agree/", acting.agree, name="visits_agree"),
    path(VISIT + "move/", acting.move, name="visits_move"),
    path(VISIT + "attempt/", acting.attempt, name="visits_attempt"),
    path(VISIT + "remind/", acting.remind, name="visits_remind"),
    path(VISIT + "skip/", acting.skip, name="visits_skip"),
    path(VISIT + "plan/", acting.plan, name="visits_plan"),
    path(VISIT + "order/", acting.order, name="visits_order"),
    path(VISIT + "hold/", acting.hold, name="visits_hold"),
]
