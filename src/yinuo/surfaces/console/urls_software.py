"""Addresses of software versions."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import software

ONE = "software/<uuid:release_id>/"
FOR = ONE + "assets/<uuid:release_asset_id>/"

urlpatterns = [
    path("software/", software.releases, name="software"),
    path("software/new/", software.new, name="software_new"),
    path(ONE, software.one, name="software_one"),
    path(ONE + "withdraw/", software.withdraw, name="software_withdraw"),
    path(ONE + "files/", software.files_new, name="software_files_new"),
    path(ONE + "files/<uuid:release_file_id>/", software.file, name="software_file"),
    path(FOR + "deliver/", software.deliver, name="software_deliver"),
    path(FOR + "help/", software.help_given, name="software_help"),
]
