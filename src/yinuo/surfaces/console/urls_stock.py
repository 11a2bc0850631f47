"""Addresses of parts and stock."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.stock import (
    asking,
    catalogue,
    depots,
    moving,
    overview,
    readiness,
    repairing,
)

PART = "parts/catalogue/<uuid:part_id>/"
ASK = "parts/requests/<uuid:ask_id>/"
REPAIR = "parts/repairs/<uuid:part_repair_id>/"
DEPOT = "parts/depots/<uuid:depot_id>/"
SHIPMENT = "parts/shipments/<uuid:shipment_id>/"

urlpatterns = [
    path("parts/", overview.stock, name="parts"),
    path("parts/short/", overview.short, name="parts_short"),
    path("parts/readiness/", readiness.readiness, name="parts_readiness"),
    path("parts/moves/", overview.moves, name="parts_moves"),
    path("parts/shipments/", overview.shipments, name="parts_shipments"),
    path(SHIPMENT, moving.shipment, name="parts_shipment"),
    path("parts/requests/", asking.asks, name="parts_asks"),
    path(ASK, asking.one, name="parts_ask"),
    path(ASK + "approve/", asking.approve, name="parts_approve"),
    path(ASK + "end/", asking.end, name="parts_end"),
    path(ASK + "ship/", asking.ship, name="parts_ship"),
    path(ASK + "receive/", asking.receive, name="parts_ask_receive"),
    path(ASK + "use/", asking.use, name="parts_use"),
    path(ASK + "back/", asking.back, name="parts_back"),
    path("requests/<uuid:request_id>/parts/", asking.new, name="parts_ask_new"),
    path("parts/repairs/", repairing.repairs, name="parts_repairs"),
    path(REPAIR, repairing.one, name="parts_repair"),
    path(REPAIR + "material/", repairing.material, name="parts_repair_material"),
    path(REPAIR + "finish/", repairing.finish, name="parts_repair_finish"),
    path(REPAIR + "settle/", repairing.settle, name="parts_repair_settle"),
    path(DEPOT + "repair/", repairing.new, name="parts_repair_new"),
    path("parts/catalogue/", catalogue.catalogue, name="parts_catalogue"),
    path("parts/catalogue/new/", catalogue.new, name="parts_new"),
    path(PART, catalogue.one, name="parts_one"),
    path(PART + "edit/", catalogue.edit, name="parts_edit"),
    path(PART + "level/", catalogue.level, name="parts_level"),
    path("parts/depots/", depots.depots, name="parts_depots"),
    path("parts/depots/new/", depots.new, name="parts_depot_new"),
    path(DEPOT, depots.one, name="parts_depot"),
    path(DEPOT + "edit/", depots.edit, name="parts_depot_edit"),
    path(DEPOT + "receive/", moving.receive, name="parts_receive"),
    path(DEPOT + "send/", moving.send, name="parts_send"),
    path(DEPOT + "scrap/", moving.scrap, name="parts_scrap"),
    path(DEPOT + "count/", moving.count, name="parts_count"),
]
