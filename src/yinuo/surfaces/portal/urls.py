"""Addresses of the portal, below /my/."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.portal.views import (
    assets,
    complaints,
    emergency,
    goods,
    pauses,
    promises,
    relocations,
    repairs,
    reporting,
    requests,
    software,
    surveys,
)

app_name = "portal"

urlpatterns = [
    path("", requests.start, name="start"),
    path("report/", reporting.report, name="report"),
    path("report/follows/", reporting.follows, name="follows"),
    path("requests/", requests.ended, name="ended"),
    path("requests/<uuid:request_id>/", requests.one, name="request"),
    path("requests/<uuid:request_id>/version/", requests.version, name="version"),
    path("requests/<uuid:request_id>/pauses/<uuid:fact_id>/", pauses.answer, name="pause"),
    path("requests/<uuid:request_id>/emergency/", emergency.plan, name="emergency"),
    path("requests/<uuid:request_id>/survey/", surveys.survey, name="survey"),
    path("promises/", promises.promises, name="promises"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("repairs/", repairs.repairs, name="repairs"),
    path("repairs/<uuid:repair_id>/backup/", repairs.backup, name="repairs_backup"),
    path("goods/", goods.orders, name="goods"),
    path("goods/<uuid:goods_order_id>/change/", goods.change, name="goods_change"),
    path("goods/<uuid:goods_order_id>/cancel/", goods.cancel, name="goods_cancel"),
    path("relocations/", relocations.relocations, name="relocations"),
    path("relocations/<uuid:relocation_id>/", relocations.one, name="relocation"),
    path("software/", software.releases, name="software"),
    path(
        "software/<uuid:release_id>/<uuid:release_asset_id>/<uuid:release_file_id>/",
        software.download,
        name="software_file",
    ),
    path("assets/", assets.assets, name="assets"),
]
