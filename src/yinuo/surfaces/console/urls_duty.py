"""Addresses of on-call duty."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import duty

urlpatterns = [
    path("duty/", duty.duty, name="duty"),
    path("duty/calendar/", duty.calendar, name="duty_calendar"),
    path("duty/rotas/new/", duty.rota_new, name="duty_new"),
    path("duty/rotas/<uuid:rota_id>/", duty.rota, name="duty_rota"),
    path("duty/rotas/<uuid:rota_id>/turns/", duty.rotate, name="duty_rotate"),
    path("duty/turns/<uuid:turn_id>/cover/", duty.cover, name="duty_cover"),
    path("duty/turns/<uuid:turn_id>/cancel/", duty.cancel, name="duty_cancel"),
]
