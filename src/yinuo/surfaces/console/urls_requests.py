"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import request_acts, requests

ONE = "requests/<uuid:request_id>/"

urlpatterns = [
    path("requests/", requests.requests, name="requests"),
    path(ONE, requests.requests_one, name="requests_one"),
    path(f"{ONE}version/", requests.requests_version, name="requests_version"),
    path(f"{ONE}steps/", requests.requests_step, name="requests_step"),
    path(f"{ONE}level/", request_acts.requests_level, name="requests_level"),
    path(f"{ONE}category/", request_acts.requests_category, name="requests_category"),
    path(f"{ONE}cover/", request_acts.requests_cover, name="requests_cover"),
    path(f"{ONE}handover/", request_acts.requests_handover, name="requests_handover"),
    path(f"{ONE}merge/", request_acts.requests_merge, name="requests_merge"),
    path(
        f"{ONE}facts/<uuid:fact_id>/correct/",
        request_acts.requests_correct,
        name="requests_correct",
    ),
]
