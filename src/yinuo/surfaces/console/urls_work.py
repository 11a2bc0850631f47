"""Addresses of the work orders."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import unapplied, work_documents, work_orders, work_steps

STEPS = (
    *("accepted", "declined", "appointed", "departed", "arrived"),
    *("corrected", "returned", "filed", "aborted"),
)

urlpatterns = [
    path("work/", work_orders.work, name="work"),
    path("work/unapplied/", unapplied.unapplied, name="work_unapplied"),
    path("work/unapplied/<uuid:operation_id>/drop/", unapplied.drop, name="work_unapplied_drop"),
    path("requests/<uuid:request_id>/work/", work_orders.work_new, name="work_new"),
    path("work/<uuid:work_order_id>/", work_orders.work_one, name="work_one"),
    path("work/<uuid:work_order_id>/edit/", work_orders.work_edit, name="work_edit"),
    path("work/<uuid:work_order_id>/assigned/", work_orders.work_assign, name="work_assigned"),
    path("work/<uuid:work_order_id>/worked/", work_steps.work_report, name="work_worked"),
    path("work/<uuid:work_order_id>/signed/", work_steps.work_sign, name="work_signed"),
    path("work/<uuid:work_order_id>/paper/", work_steps.work_paper, name="work_paper"),
    path(
        "work/<uuid:work_order_id>/paper/file/",
        work_steps.work_signed_paper,
        name="work_signed_paper",
    ),
    path("work/<uuid:work_order_id>/pdf/", work_documents.work_pdf, name="work_pdf"),
    path("work/<uuid:work_order_id>/docx/", work_documents.work_docx, name="work_docx"),
    *(
        path(
            f"work/<uuid:work_order_id>/{kind}/",
            work_steps.work_step,
            {"kind": kind},
            name=f"work_{kind}",
        )
        for kind in STEPS
    ),
]
