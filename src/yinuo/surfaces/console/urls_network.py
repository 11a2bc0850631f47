"""Addresses of units, of what people bring, and of certificates."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import certificates
from yinuo.surfaces.console.views.admin import qualified

CERTIFICATE = "certificates/<uuid:certificate_id>/"

urlpatterns = [
    path("units/<uuid:unit_id>/", qualified.unit, name="settings_units_one"),
    path("units/<uuid:unit_id>/reach/", qualified.reach, name="settings_units_reach"),
    path(
        "settings/people/<uuid:person_id>/capacity/",
        qualified.capacity,
        name="settings_people_capacity",
    ),
    path(
        "settings/people/<uuid:person_id>/absences/new/",
        qualified.absence,
        name="settings_people_absences_new",
    ),
    path(
        "absences/<uuid:absence_id>/cancel/",
        qualified.absence_cancel,
        name="settings_absences_cancel",
    ),
    path("settings/demands/", qualified.demands, name="settings_demands"),
    path("settings/demands/edit/", qualified.demand, name="settings_demands_edit"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/new/", certificates.new, name="certificates_new"),
    path(CERTIFICATE, certificates.one, name="certificates_one"),
    path(CERTIFICATE + "edit/", certificates.edit, name="certificates_edit"),
    path(CERTIFICATE + "withdraw/", certificates.withdraw, name="certificates_withdraw"),
    path(CERTIFICATE + "files/new/", certificates.files_new, name="certificates_files_new"),
    path(
        CERTIFICATE + "files/<uuid:file_id>/", certificates.files_one, name="certificates_files_one"
    ),
]
