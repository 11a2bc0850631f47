"""Addresses for whoever holds a link. What stands for `secret` is nobody else's business."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.public import views

app_name = "public"

urlpatterns = [
    path("<str:secret>/", views.page, name="link"),
    path("<str:secret>/document/", views.document, name="document"),
    path("<str:secret>/complaint/", views.complaint, name="complaint"),
    path("<str:secret>/duty.ics", views.duty_calendar, name="duty_calendar"),
]
