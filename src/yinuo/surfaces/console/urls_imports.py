"""Addresses of imports and exports."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import imports

RUN = "imports/<uuid:run_id>/"

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="imports_new"),
    path("imports/template/", imports.template, name="imports_template"),
    path("imports/export/", imports.export, name="imports_export"),
    path(RUN, imports.one, name="imports_one"),
    path(RUN + "version/", imports.one_version, name="imports_one_version"),
    path(RUN + "start/", imports.start, name="imports_start"),
    path(RUN + "cancel/", imports.cancel, name="imports_cancel"),
    path(RUN + "wrong/", imports.wrong, name="imports_wrong"),
]
