"""Addresses of relocations."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import relocations

ONE = "relocations/<uuid:relocation_id>/"
STEP = "relocations/steps/<uuid:relocation_step_id>/"

urlpatterns = [
    path("relocations/", relocations.relocations, name="relocations"),
    path(ONE, relocations.one, name="relocations_one"),
    path(ONE + "step/", relocations.step, name="relocations_step"),
    path(ONE + "send/", relocations.send, name="relocations_send"),
    path(ONE + "back/", relocations.take_back, name="relocations_take_back"),
    path(ONE + "approve/", relocations.approve, name="relocations_approve"),
    path(ONE + "accept/", relocations.accept, name="relocations_accept"),
    path(ONE + "replan/", relocations.replan, name="relocations_replan"),
    path(ONE + "cancel/", relocations.cancel, name="relocations_cancel"),
    path(ONE + "pdf/", relocations.pdf, name="relocations_pdf"),
    path(ONE + "docx/", relocations.docx, name="relocations_docx"),
    path(STEP + "edit/", relocations.step_edit, name="relocations_step_edit"),
    path(STEP + "remove/", relocations.step_remove, name="relocations_step_remove"),
    path(STEP + "<slug:step_act>/", relocations.step_do, name="relocations_step_do"),
    path("customers/<uuid:customer_id>/relocations/new/", relocations.new, name="relocations_new"),
]
