"""Addresses of what comes after a repair: reports, call-backs, answers, complaints, history."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console import urls_complaints, urls_scores
from yinuo.surfaces.console.views import after, attachments, call_back_rules, history, scores

REQUEST = "requests/<uuid:request_id>/"
REPORT = "reports/<uuid:report_id>/"
FILE = REQUEST + "files/<uuid:file_id>/"

urlpatterns = [
    path("call-backs/", after.callbacks, name="callbacks"),
    path("call-backs/rules/", call_back_rules.rules, name="callbacks_rules"),
    path("call-backs/rules/edit/", call_back_rules.rule, name="callbacks_rules_edit"),
    path(REQUEST + "call-back/", after.callbacks_new, name="callbacks_new"),
    path(REQUEST + "survey-link/", scores.survey_link, name="callbacks_link"),
    path("projects/<uuid:project_id>/survey/", scores.survey_new, name="projects_survey"),
    path(REQUEST + "report/", after.reports_draft, name="reports_draft"),
    path(REPORT, after.reports_one, name="reports_one"),
    path(REPORT + "delivered/", after.reports_delivered, name="reports_delivered"),
    path(REPORT + "pdf/<slug:language>/", after.reports_pdf, name="reports_pdf"),
    path(REPORT + "docx/<slug:language>/", after.reports_docx, name="reports_docx"),
    path(REQUEST + "files/", attachments.files_new, name="files_new"),
    path(FILE, attachments.files_one, name="files_one"),
    path(FILE + "caption/", attachments.files_caption, name="files_caption"),
    path(FILE + "picture/", attachments.files_picture, name="files_picture"),
    path("customers/<uuid:customer_id>/history/", history.of_customer, name="customers_history"),
    path("assets/<uuid:asset_id>/history/", history.of_asset, name="assets_history"),
    *urls_complaints.urlpatterns,
    *urls_scores.urlpatterns,
]
