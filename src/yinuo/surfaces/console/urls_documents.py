"""Addresses of document templates."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import documents

ONE = "documents/<slug:document>/"
VERSION = "document-versions/<uuid:template_text_id>/"

urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path(ONE, documents.one, name="documents_one"),
    path(ONE + "edit/", documents.edit, name="documents_edit"),
    path(ONE + "withdraw/", documents.withdraw, name="documents_withdraw"),
    path(ONE + "preview/", documents.preview, name="documents_preview"),
    path(VERSION + "publish/", documents.publish, name="documents_publish"),
    path(VERSION + "preview/", documents.preview_one, name="documents_preview_one"),
]
