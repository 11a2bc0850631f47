"""Addresses of scores: what answers came to, the fair score, appeals."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import fair_scores, publications, scores

APPEALS = "satisfaction/appeals/"
APPEAL = APPEALS + "<uuid:appeal_id>/"

urlpatterns = [
    path("satisfaction/", scores.scores, name="scores"),
    path("my-score/", scores.own_scores, name="myscore"),
    path("satisfaction/weights/", fair_scores.weights, name="scores_weights"),
    path("satisfaction/weights/edit/", fair_scores.weights_edit, name="scores_weights_edit"),
    path("my-score/<uuid:scored_case_id>/appeal/", fair_scores.appeal_new, name="myscore_appeal"),
    path("satisfaction/published/", publications.published, name="scores_published"),
    path("satisfaction/published/new/", publications.publish, name="scores_published_new"),
    path(APPEALS, fair_scores.appeals, name="scores_appeals"),
    path(APPEAL, fair_scores.appeal, name="scores_appeals_one"),
    path(APPEAL + "decide/", fair_scores.appeal_decide, name="scores_appeals_decide"),
]
