"""Addresses of complaints."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import complaints

ONE = "complaints/<uuid:complaint_id>/"

urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path(ONE, complaints.complaint, name="complaints_one"),
    path(ONE + "do/<slug:kind>/", complaints.act, name="complaints_do"),
    path(
        "requests/<uuid:request_id>/complaint/",
        complaints.new_of_request,
        name="complaints_of_request",
    ),
    path(
        "customers/<uuid:customer_id>/complaint/",
        complaints.new_of_customer,
        name="complaints_of_customer",
    ),
]
