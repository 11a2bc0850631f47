"""Devices of the demo company that were sent in: one at the supplier's, one that has just come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from yinuo.domains.assets.selectors import list_assets
from yinuo.domains.network.types import Actor
from yinuo.domains.repairs.services import handle_repair, open_repair
from yinuo.domains.repairs.types import RepairData, RepairDoing
from yinuo.domains.requests.selectors import preview_intake
from yinuo.domains.requests.services import open_request
from yinuo.domains.requests.types import Intake

FAULT = "设备反复重启，现场更换电源线无效，需返厂检修。"
CUSTOMER, MOST_ASSETS = "东海市第一人民医院", 200
LONG_WAY = (
    RepairDoing("collected", "物流上门取件。", waybill="SF1402026110"),
    RepairDoing("received", "外观完好，附件齐全。"),
    RepairDoing("backup_confirmed", said_by="周工"),
    RepairDoing("diagnosed", "电源模块损坏，属原厂部件。", is_paid=False),
    RepairDoing("sent_to_supplier", supplier="华强电源科技", reference="RMA-20260317"),
    RepairDoing("claimed", "批次问题，按采购合同索赔。", amount=Decimal("860.00")),
)
SHORT_WAY = (RepairDoing("received", "外壳有划痕，已拍照。"),)


def send_devices_in(actor: Actor, now: datetime) -> None:
    """Two devices of one customer, the first twelve days on its way, the second of this morning."""
    known = list_assets(actor, limit=MOST_ASSETS).items
    assets = [one for one in known if one.serial and one.customer_name == CUSTOMER]
    ways = ((LONG_WAY, timedelta(days=12)), (SHORT_WAY, timedelta(hours=20)))
    for asset, (way, ago) in zip(assets[-2:], ways, strict=False):
        begun = now - ago
        intake = Intake(
            customer_id=asset.customer_public_id,
            asset_id=asset.public_id,
            symptom=FAULT,
            reported_at=begun,
        )
        levels = preview_intake(actor, intake, begun).levels
        intake = replace(intake, level=levels[-1].code if levels else "")
        request = open_request(actor=actor, intake=intake, now=begun)
        data = RepairData(request.public_id, FAULT, pick_up=True, accessories="电源线 1 根")
        order = open_repair(actor=actor, data=data, now=begun)
        for number, doing in enumerate(way, 1):
            handle_repair(
                actor=actor,
                repair_id=order.public_id,
                version=number,
                doing=_named(doing, asset.serial),
                now=begun + timedelta(hours=4 * number),
            )


def _named(doing: RepairDoing, serial: str) -> RepairDoing:
    if doing.kind != "received":
        return doing
    return RepairDoing(doing.kind, doing.text, serial=serial)
