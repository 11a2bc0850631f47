"""What a customer's visitor can do: report a fault of his own company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.types import Cover
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.computing import preview_dues
from yinuo.domains.obligations.types import DuePreview
from yinuo.domains.obligations.visitors import owed_between_us
from yinuo.domains.requests.intake import resolve
from yinuo.domains.requests.services.opening import open_request
from yinuo.domains.requests.types import Channel, Intake, OpenedRequest, RequestKind, Word
from yinuo.domains.requests.visitors import word_of
from yinuo.platform.errors import InvalidInput

DEVICE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class OwnReport:
    """What a visitor reports. Ids are public ids of his own customer's things, empty for none.

    `device` names a thing in words that is not in the register.
    """

    symptom: str
    level: str = ""
    site_id: object = None
    asset_id: object = None
    device: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OwnPreview:
    """What a report would get: its cover, the levels to choose from, and the due times."""

    cover: Cover
    levels: tuple[Word, ...]
    dues: tuple[DuePreview, ...]


def report_by_customer(*, visitor: Visitor, report: OwnReport, now: datetime) -> OpenedRequest:
    """Open a request of the visitor's own customer, with himself as the caller, by the web.

    Raises InvalidInput per field; NotFound for a site or device of anybody else (R02).
    """
    if len(report.device) > DEVICE_LENGTH:
        raise InvalidInput({"device": _("Use at most 200 characters.")})
    return open_request(actor=actor_for(visitor), intake=_intake(visitor, report), now=now)


def preview_for_visitor(*, visitor: Visitor, report: OwnReport, now: datetime) -> OwnPreview:
    """What this report would get if sent at `now`. Raises NotFound as the report itself."""
    intake = _intake(visitor, report)
    resolved = resolve(actor_for(visitor), intake, Permission.REQUEST_OPEN, now)
    version_id = resolved.cover.plan_version_id
    if version_id is None:
        return OwnPreview(resolved.cover, (), ())
    plan = compiled_plan(version_id).plan
    levels = tuple(word for one in plan.levels if (word := word_of([one], one.code)))
    is_known = not levels or report.level in {word.code for word in levels}
    dues = preview_dues(resolved.binding, resolved.reported_fact(), now) if is_known else []
    return OwnPreview(
        cover=resolved.cover,
        levels=levels,
        dues=tuple(due for due in dues if owed_between_us(version_id, due.clause)),
    )


def actor_for(visitor: Visitor, *rights: Permission, unit_id: int | None = None) -> Actor:
    """The visitor as an actor with these rights alone where his customer belongs, or in the unit
    that looks after a thing of his; without any named he may open requests."""
    granted = rights or (Permission.REQUEST_OPEN,)
    place = visitor.unit_id if unit_id is None else unit_id
    return Actor(
        user_id=visitor.user_id,
        person_id=None,
        person_public_id=None,
        name=visitor.name,
        unit_id=visitor.unit_id,
        grants=dict.fromkeys(granted, frozenset({place})),
    )


def _intake(visitor: Visitor, report: OwnReport) -> Intake:
    return Intake(
        customer_id=visitor.customer_public_id,
        contact_id=visitor.contact_public_id,
        site_id=report.site_id or None,
        asset_id=report.asset_id or None,
        symptom=_symptom(report),
        level=report.level,
        kind=RequestKind.FAULT.value,
        channel=Channel.WEB.value,
        caller_phone=report.phone,
    )


def _symptom(report: OwnReport) -> str:
    """The words of the report, led by the device named in words; nothing if nothing was said."""
    if not report.symptom.strip() or not report.device.strip():
        return report.symptom
    return _("Device: %(device)s") % {"device": report.device.strip()} + f"\n{report.symptom}"
