"""Addresses of the expert clinic."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import clinic

urlpatterns = [
    path("clinic/", clinic.invitations, name="clinic"),
    path("clinic/<uuid:seat_id>/join/", clinic.join, name="clinic_join"),
    path("clinic/<uuid:seat_id>/decline/", clinic.decline, name="clinic_decline"),
    path("clinic/<uuid:seat_id>/advice/", clinic.advise, name="clinic_advise"),
    path("clinic/<uuid:seat_id>/withdraw/", clinic.withdraw, name="clinic_withdraw"),
    path("requests/<uuid:request_id>/experts/", clinic.invite, name="clinic_invite"),
    path("requests/<uuid:request_id>/experts/end/", clinic.conclude, name="clinic_conclude"),
]
