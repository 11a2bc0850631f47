"""Addresses of appraisal."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import appraisal

urlpatterns = [
    path("appraisal/", appraisal.overview, name="appraisal"),
    path("my-appraisal/", appraisal.own, name="myappraisal"),
    path("appraisal/people/<uuid:person_id>/", appraisal.person, name="appraisal_person"),
]
