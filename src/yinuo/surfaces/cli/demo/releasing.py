"""Software versions of the demo company: an update, a patch, a paid feature; some given."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from yinuo.domains.network.types import Actor
from yinuo.domains.software.selectors import ENTITLED, list_release_assets
from yinuo.domains.software.services import (
    add_release_file,
    deliver_release,
    help_with_release,
    publish_release,
)
from yinuo.domains.software.types import DeliveryData, HelpData, ReleaseData

_CUSTOMER, _CLASS = "东海市第一人民医院", "防火墙"
_RELEASES = (
    ("V6.4.2", 160, "update", False, "支持双机配置自动同步；优化日志检索速度。"),
    ("V6.4.2-P3", 24, "patch", False, "修复会话表耗尽后管理口无响应的问题；修复两项安全漏洞。"),
    ("V6.4.2-AI", 20, "update", True, "智能威胁分析模块，需单独购买授权。"),
)


def release_software(actor: Actor, now: datetime) -> None:
    """Three versions of a product line; one asset of a hospital has the patch."""
    releases = []
    for number, ago, kind, is_paid, notes in _RELEASES:
        at = now - timedelta(days=ago)
        data = ReleaseData(
            number,
            at.date(),
            notes,
            asset_class=_CLASS,
            kind=kind,
            is_paid_feature=is_paid,
        )
        release = publish_release(actor=actor, data=data, now=at)
        upload = ContentFile(f"{number}\n{notes}\n".encode(), name=f"{number}-release-notes.txt")
        add_release_file(
            actor=actor,
            release_id=release.public_id,
            upload=upload,
            caption=f"{number} 升级说明",
            now=at,
        )
        releases.append(release)
    patch = releases[1]
    found = list_release_assets(actor, release_id=patch.public_id, now=now, state=ENTITLED)
    entitled = [row for row in found.items if row.asset.customer_name == _CUSTOMER]
    for row in entitled[:1]:
        about = {"release_id": patch.public_id, "asset_id": row.asset.public_id}
        at = now - timedelta(days=12)
        given = DeliveryData("mail", "信息科周工", is_installed=True)
        deliver_release(actor=actor, data=given, now=at, **about)
        helped = HelpData("remote", 35, "远程协助备份配置并升级，业务未中断。")
        help_with_release(actor=actor, data=helped, now=at + timedelta(hours=2), **about)
