"""Addresses of trainings."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.trainings import acting, pages, planning

TRAINING = "trainings/<uuid:training_id>/"

urlpatterns = [
    path("trainings/", pages.trainings, name="trainings"),
    path("mytrainings/", pages.own, name="mytrainings"),
    path("trainings/new/", planning.new, name="trainings_new"),
    path(
        "customers/<uuid:customer_id>/trainings/new/",
        planning.new_for_customer,
        name="customers_trainings_new",
    ),
    path(TRAINING, pages.one, name="trainings_one"),
    path(TRAINING + "edit/", planning.edit, name="trainings_edit"),
    path(TRAINING + "hold/", acting.hold, name="trainings_hold"),
    path(TRAINING + "close/", acting.close, name="trainings_close"),
    path(TRAINING + "cancel/", acting.cancel, name="trainings_cancel"),
    path(TRAINING + "grant/", acting.grant, name="trainings_grant"),
    path(TRAINING + "files/new/", acting.files_new, name="trainings_files_new"),
    path(TRAINING + "files/<uuid:file_id>/", pages.files_one, name="trainings_files_one"),
]
