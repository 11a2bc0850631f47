"""Addresses of the console, in the order of the navigation."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from yinuo.surfaces.console import urls_archive
from yinuo.surfaces.console.views import frame, intake, lists, newcomers, promises, requests

app_name = "console"

urlpatterns = [
    path("", frame.start, name="start"),
    path("language/", set_language, name="language"),
    path("appearance/", frame.appearance, name="appearance"),
    path("intake/", intake.intake, name="intake"),
    path("intake/find/", intake.find, name="intake_find"),
    path("intake/caller/", intake.caller, name="intake_caller"),
    path("intake/newcomer/", newcomers.newcomer, name="intake_newcomer"),
    path("intake/follows/", intake.follows, name="intake_follows"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<uuid:request_id>/", requests.requests_one, name="requests_one"),
    path("requests/<uuid:request_id>/version/", requests.requests_version, name="requests_version"),
    path("requests/<uuid:request_id>/steps/", requests.requests_step, name="requests_step"),
    path("requests/<uuid:request_id>/level/", requests.requests_level, name="requests_level"),
    path("promises/", promises.promises, name="promises"),
    path("promises/<uuid:promise_id>/", promises.promises_why, name="promises_why"),
    path("customers/", lists.customers, name="customers"),
    path("assets/", lists.assets, name="assets"),
    path("contracts/", lists.contracts, name="contracts"),
    path("plans/", lists.plans, name="plans"),
    path("settings/", lists.people, name="settings"),
    *urls_archive.urlpatterns,
]
