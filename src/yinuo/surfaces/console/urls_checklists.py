"""Addresses of checklists: templates, and those on sheets."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.checklists import building, filling, templates

ONE = "work/checklists/<uuid:checklist_id>/"

urlpatterns = [
    path("checklists/", templates.checklists, name="checklists"),
    path("checklists/publish/", templates.publish, name="checklists_publish"),
    path("checklists/build/", building.build, name="checklists_build"),
    path("checklists/<uuid:template_id>/", templates.one, name="checklists_one"),
    path("checklists/<uuid:template_id>/file/", templates.source, name="checklists_source"),
    path("work/<uuid:work_order_id>/checklists/new/", filling.begin, name="work_checklist_new"),
    path(
        "work/<uuid:work_order_id>/checklists/<uuid:checklist_id>/take-over/",
        filling.take_over,
        name="work_checklist_take",
    ),
    path(ONE, filling.one, name="work_checklist"),
    path(ONE + "finish/", filling.finish, name="work_checklist_finish"),
    path(ONE + "reopen/", filling.reopen, name="work_checklist_reopen"),
    path(ONE + "photo/<slug:item>/", filling.photo, name="work_checklist_photo"),
    path(ONE + "sign/<slug:item>/", filling.sign, name="work_checklist_sign"),
    path(ONE + "files/<uuid:photograph_id>/", filling.photo_file, name="work_checklist_file"),
    path(ONE + "pdf/", filling.pdf, name="work_checklist_pdf"),
    path(ONE + "docx/", filling.docx, name="work_checklist_docx"),
]
