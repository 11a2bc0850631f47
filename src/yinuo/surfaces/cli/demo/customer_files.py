"""The customer files of the demo company: a group, positions, roles, consent, parts, papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from yinuo.domains.assets.selectors import get_asset, list_assets, list_projects
from yinuo.domains.assets.services import (
    ComponentData,
    Swap,
    add_component,
    record_downtime,
    replace_component,
    swap_serial,
)
from yinuo.domains.assets.types import AssetRow
from yinuo.domains.contracts.papers import get_paper, list_papers
from yinuo.domains.contracts.services.papers import (
    HandoverData,
    PaperData,
    add_paper_version,
    check_paper,
    hand_over_paper,
    promise_paper,
)
from yinuo.domains.customers.selectors import (
    get_customer,
    list_contacts,
    list_customers,
    list_sites,
)
from yinuo.domains.customers.services import (
    ConsentData,
    VisitData,
    create_customer,
    edit_contact,
    edit_customer,
    edit_site,
    record_consent,
    record_visit,
)
from yinuo.domains.customers.types import ContactRow, CustomerRow, SiteRow
from yinuo.domains.network.types import Actor
from yinuo.platform.positions import Position

# Rough middles of the cities the invented addresses lie in.
_CITIES = {
    "上海": ("31.230400", "121.473700", "inner"),
    "成都": ("30.572800", "104.066800", "inner"),
    "兰州": ("36.061100", "103.834300", "outer"),
    "深圳": ("22.543100", "114.057900", "outer"),
    "西安": ("34.341600", "108.939800", "outer"),
    "北京": ("39.904200", "116.407400", "inner"),
}
_ELSEWHERE = ("32.060300", "118.796900", "outer")
_ROLES = (("decision_maker",), ("operator", "technical"), ("finance", "purchasing"))
_PARTS = (("主控板", "MCB-2"), ("电源模块", "PSU-550"), ("内存 32 GB", "MEM-32"))
_PDF = b"%PDF-1.7\n% demo\n"


def fill_files(actor: Actor, now: datetime) -> None:
    """Bring every customer's file to life; the first ones get a group above them."""
    customers = list_customers(actor, limit=50).items
    for number, row in enumerate(customers):
        _Filler(actor, row, number, now).fill()
    _group(actor, customers[:2], now)


def _group(actor: Actor, members: tuple[CustomerRow, ...], now: datetime) -> None:
    group = create_customer(
        actor=actor,
        unit_id=members[0].unit_public_id,
        name="华远实业集团有限公司",
        short_name="华远集团",
        now=now - timedelta(days=700),
    )
    for member in members:
        row = get_customer(actor, member.public_id)
        edit_customer(
            actor=actor,
            customer_id=row.public_id,
            version=row.version,
            name=row.name,
            short_name=row.short_name,
            notes=row.notes,
            active=row.active,
            parent_id=group.public_id,
            now=now,
        )


class PaperTrail:
    """Takes a promised paper from its first version to the customer's hands."""

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now

    def deliver(self, paper_id: object, *, steps: int = 3) -> None:
        """So many steps of writing, checking and handing over, as far as they are not done."""
        done = get_paper(self.actor, paper_id)
        taken = (bool(done.versions), done.checked_file is not None, False)
        todo: tuple[Callable[[object], None], ...] = (self._write, self._check, self._hand)
        for step, was in zip(todo[:steps], taken, strict=False):
            if not was:
                step(paper_id)

    def _write(self, paper_id: object) -> None:
        name = get_paper(self.actor, paper_id).title_zh
        upload = ContentFile(_PDF + str(paper_id).encode(), name=f"{name}.pdf")
        at = self._days_ago(300)
        add_paper_version(actor=self.actor, paper_id=paper_id, upload=upload, now=at)

    def _check(self, paper_id: object) -> None:
        row, at = get_paper(self.actor, paper_id), self._days_ago(298)
        check_paper(actor=self.actor, paper_id=paper_id, version=row.version, now=at)

    def _hand(self, paper_id: object) -> None:
        row, at = get_paper(self.actor, paper_id), self._days_ago(295)
        data = HandoverData("王海燕", at.date(), "in_person")
        hand_over_paper(actor=self.actor, paper_id=paper_id, version=row.version, data=data, now=at)

    def _days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)


class _Filler:
    def __init__(self, actor: Actor, row: CustomerRow, number: int, now: datetime) -> None:
        self.actor = actor
        self.row = row
        self.number = number
        self.now = now
        self.today = now.date()
        self.trail = PaperTrail(actor, now)

    def fill(self) -> None:
        """Sites, contacts, calls, assets, papers, in this order."""
        own: dict[str, Any] = {"customer_id": self.row.public_id, "limit": 50}
        for site in list_sites(self.actor, **own).items:
            self._place(site)
        contacts = list_contacts(self.actor, **own).items
        for index, contact in enumerate(contacts):
            self._know(contact, index)
        self._call_on(contacts)
        for asset in list_assets(self.actor, **own).items[:2]:
            self._open_up(asset)
        self._papers()

    def _place(self, site: SiteRow) -> None:
        found = next((_CITIES[city] for city in _CITIES if city in site.address), _ELSEWHERE)
        latitude, longitude, zone = found
        edit_site(
            actor=self.actor,
            site_id=site.public_id,
            version=site.version,
            name=site.name,
            address=site.address,
            zone=site.zone,
            active=True,
            position=Position(Decimal(latitude), Decimal(longitude)),
            price_zone=zone,
            now=self._days_ago(600),
        )

    def _know(self, contact: ContactRow, index: int) -> None:
        edit_contact(
            actor=self.actor,
            contact_id=contact.public_id,
            version=contact.version,
            name=contact.name,
            phones=contact.phones,
            site_id=contact.site_public_id,
            title=contact.title,
            email=contact.email,
            active=True,
            roles=_ROLES[index % len(_ROLES)],
            now=self._days_ago(600),
        )
        agrees = ConsentData({"call": True, "mail": True, "survey": index % 2 == 0}, "paper")
        at = self._days_ago(590)
        record_consent(actor=self.actor, contact_id=contact.public_id, data=agrees, now=at)

    def _call_on(self, contacts: tuple[ContactRow, ...]) -> None:
        first = contacts[0].public_id if contacts else None
        calls = (
            (560, "首次走访：介绍服务团队与报修方式", "客户希望每季度通报一次运行情况。", 300),
            (180, "回访：夏季巡检结果说明", "两台设备积尘，已约定清洁。", 90 + 60 * self.number),
        )
        for days, purpose, outcome, again in calls:
            day = self._day_ago(days)
            data = VisitData(
                visited_on=day,
                visitors="顾明远、韩立新",
                purpose=purpose,
                outcome=outcome,
                again_on=day + timedelta(days=again),
                contact_id=first,
            )
            at = self._days_ago(days)
            record_visit(actor=self.actor, customer_id=self.row.public_id, data=data, now=at)

    def _open_up(self, asset: AssetRow) -> None:
        made = []
        for index, (name, model) in enumerate(_PARTS):
            serial = f"{model}-{asset.id:04d}{index}"
            data = ComponentData(name, model, serial, factory=True)
            made.append(self._part(asset, data))
        later = ComponentData(
            "光口扩展卡", "NIC-4F", f"NIC-{asset.id:05d}", False, self._day_ago(200)
        )
        self._part(asset, later)
        power = made[1]
        replace_component(
            actor=self.actor,
            component_id=power.public_id,
            version=power.version,
            model="PSU-550",
            serial=f"PSU-550-{asset.id:04d}9",
            on=self._day_ago(40),
            reason="返修：电源无输出，更换新模块",
            now=self._days_ago(40),
        )
        record_downtime(
            actor=self.actor,
            asset_id=asset.public_id,
            began_at=self._days_ago(120),
            ended_at=self._days_ago(120) + timedelta(hours=5),
            cause="机房计划外停电",
            now=self._days_ago(119),
        )
        if self.number % 3 == 0 and asset.serial:
            self._swap(asset)

    def _swap(self, asset: AssetRow) -> None:
        row = get_asset(self.actor, asset.public_id)
        swap = Swap("", f"{row.serial}-R", self._day_ago(300), "整机更换，故障机返厂")
        at = self._days_ago(300)
        swap_serial(
            actor=self.actor, asset_id=row.public_id, version=row.version, swap=swap, now=at
        )

    def _part(self, asset: AssetRow, data: ComponentData) -> Any:
        at = self._days_ago(200)
        return add_component(actor=self.actor, asset_id=asset.public_id, data=data, now=at)

    def _papers(self) -> None:
        """Two more papers with the first project, and some of all handed over."""
        projects = list_projects(self.actor, customer_id=self.row.public_id, limit=1).items
        for project in projects:
            for title, kind, days in (("竣工图纸", "drawing", 15), ("备件清单", "list", 400)):
                promise_paper(
                    actor=self.actor,
                    project_id=project.public_id,
                    data=PaperData(title, kind, "accepted", days),
                    now=self._days_ago(400),
                )
        papers = list_papers(self.actor, customer_id=self.row.public_id)
        for index, paper in enumerate(papers):
            self.trail.deliver(paper.public_id, steps=(3, 3, 2, 1, 0)[index % 5])

    def _days_ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _day_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)
