"""Addresses of requests."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import pauses, queues, request_acts, requests

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
    path(f"{ONE}take/", request_acts.requests_take, name="requests_take"),
    path(f"{ONE}escalate/", request_acts.requests_escalate, name="requests_escalate"),
    path(f"{ONE}questions/", request_acts.requests_questions, name="requests_questions"),
    path(f"{ONE}split/", request_acts.requests_split, name="requests_split"),
    path("queues/", queues.queues, name="queues"),
    path("settings/groups/", queues.settings_groups, name="settings_groups"),
    path("settings/groups/new/", queues.new_group, name="settings_groups_new"),
    path("settings/groups/<uuid:group_id>/", queues.edit_group_page, name="settings_groups_edit"),
    path(f"{ONE}pauses/<uuid:fact_id>/", pauses.decide, name="requests_pause"),
    path(f"{ONE}merge/", request_acts.requests_merge, name="requests_merge"),
    path(
        f"{ONE}facts/<uuid:fact_id>/correct/",
        request_acts.requests_correct,
        name="requests_correct",
    ),
]
