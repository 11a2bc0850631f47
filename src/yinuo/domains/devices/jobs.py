"""What a phone takes along: the sheets of its person that are open, each whole (R54)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from yinuo.domains.checklists.selectors import checklists_of_sheet, templates_behind, whole_template
from yinuo.domains.checklists.types import ChecklistView, TemplateRow
from yinuo.domains.devices.selectors import arrivals_of_sheet
from yinuo.domains.devices.types import ArrivalView
from yinuo.domains.fieldwork.policies import goes_to, visible_work_orders
from yinuo.domains.fieldwork.selectors import get_work_order_page
from yinuo.domains.fieldwork.types import WorkOrderPage
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.several import obligations_of_subjects
from yinuo.domains.obligations.types import ObligationView
from yinuo.kernel.checklists import Checklist as ChecklistTemplate
from yinuo.kernel.work_states import UNSIGNED, WorkOrderState

# Nobody does more in the days a phone may be without network.
MOST_JOBS = 40
EARLIER_VISITS = 5
_WITH_THE_ENGINEER = [
    one.value for one in (*UNSIGNED, WorkOrderState.SIGNED) if one is not WorkOrderState.DRAFTED
]


@dataclass(frozen=True, slots=True)
class JobAsset:
    """The machine of a job."""

    public_id: UUID
    name: str
    model: str
    serial: str
    location: str


@dataclass(frozen=True, slots=True)
class JobSite:
    """Where a job is; the position where it is known."""

    name: str
    address: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """What was done there before."""

    number: str
    finished_at: datetime
    result: str
    work_done: str


@dataclass(frozen=True, slots=True)
class Job:
    """A sheet with everything the visit needs without network."""

    page: WorkOrderPage
    # False for who goes along: he reads, the lead acts.
    leads: bool
    request_level: str
    symptom: str
    asset: JobAsset | None
    site: JobSite | None
    history: tuple[EarlierVisit, ...]
    promises: tuple[ObligationView, ...]
    # Each with the whole template: which lines are asked may change without network.
    checklists: tuple[tuple[ChecklistView, ChecklistTemplate], ...]
    # Those that may be begun on the spot, and the class of the machine, which decides on sections.
    offered: tuple[tuple[TemplateRow, ChecklistTemplate], ...]
    asset_class: str
    arrival: ArrivalView | None


def list_jobs(actor: Actor, *, now: datetime) -> list[Job]:
    """The open sheets that the actor leads or goes along to, the next one first; at most 40."""
    related = ("request__asset", "request__site")
    own = visible_work_orders(actor).filter(goes_to(actor.person_id), state__in=_WITH_THE_ENGINEER)
    orders = list(
        own.select_related(*related).order_by("agreed_for", "service_at", "id")[:MOST_JOBS]
    )
    history = _history(actor, orders)
    subjects = {one for order in orders for one in (order.public_id, order.request.public_id)}
    promises = obligations_of_subjects(subjects)
    return [_job(actor, one, history, promises, now) for one in orders]


def _job(
    actor: Actor,
    order: Any,
    history: dict[int, list[EarlierVisit]],
    promises: dict[UUID, list[ObligationView]],
    now: datetime,
) -> Job:
    request = order.request
    arrivals = arrivals_of_sheet(actor, order.public_id)
    checklists, offered = _checklists(actor, order.public_id)
    open_ones = [
        one
        for one in (*promises[request.public_id], *promises[order.public_id])
        if one.ended_at is None and one.due_at is not None
    ]
    return Job(
        page=get_work_order_page(actor, order.public_id, now=now),
        leads=order.assignee_id == actor.person_id,
        request_level=request.level,
        symptom=request.symptom,
        asset=_asset(request.asset),
        site=_site(request.site),
        history=tuple(history[order.pk][:EARLIER_VISITS]),
        promises=tuple(sorted(open_ones, key=lambda one: (one.due_at or now, one.clause))),
        checklists=checklists,
        offered=offered,
        asset_class=request.asset.asset_class if request.asset else "",
        arrival=arrivals[-1] if arrivals else None,
    )


def _checklists(
    actor: Actor, sheet_id: UUID
) -> tuple[
    tuple[tuple[ChecklistView, ChecklistTemplate], ...],
    tuple[tuple[TemplateRow, ChecklistTemplate], ...],
]:
    """Those begun on a sheet, and those that may be."""
    found = checklists_of_sheet(actor, sheet_id)
    templates = templates_behind(actor, (one.row.template.public_id for one in found.rows))
    begun = tuple((one, templates[one.row.template.public_id]) for one in found.rows)
    return begun, tuple((one, whole_template(one)) for one in found.templates)


def _history(actor: Actor, orders: Sequence[Any]) -> dict[int, list[EarlierVisit]]:
    """Earlier visits to the same machine, else to the same site, by the job; one statement."""
    assets = {one.request.asset_id for one in orders} - {None}
    sites = {one.request.site_id for one in orders} - {None}
    earlier = visible_work_orders(actor).filter(
        Q(request__asset_id__in=assets) | Q(request__site_id__in=sites), finished_at__isnull=False
    )
    visits: dict[tuple[str, int], list[EarlierVisit]] = defaultdict(list)
    columns = ("request__asset_id", "request__site_id", "number", "finished_at")
    rows = earlier.order_by("-finished_at").values_list(*columns, "result", "work_done")
    for asset_id, site_id, *said in rows[: MOST_JOBS * EARLIER_VISITS]:
        visit = EarlierVisit(*said)
        if asset_id is not None:
            visits["asset", asset_id].append(visit)
        if site_id is not None:
            visits["site", site_id].append(visit)
    return {one.pk: visits[_place(one.request)] for one in orders}


def _place(request: Any) -> tuple[str, int]:
    if request.asset_id is not None:
        return ("asset", request.asset_id)
    return ("site", request.site_id or 0)


def _asset(asset: Any) -> JobAsset | None:
    if asset is None:
        return None
    return JobAsset(asset.public_id, asset.name, asset.model, asset.serial, asset.location)


def _site(site: Any) -> JobSite | None:
    if site is None:
        return None
    is_known = site.latitude is not None and site.longitude is not None
    return JobSite(
        site.name,
        site.address,
        float(site.latitude) if is_known else None,
        float(site.longitude) if is_known else None,
    )
