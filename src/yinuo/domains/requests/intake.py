"""Resolving and checking what was taken in, for the preview and for opening alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.assets.selectors import get_asset_of
from yinuo.domains.assets.types import KnownAsset
from yinuo.domains.contracts.covers import Covered, find_cover
from yinuo.domains.contracts.types import Cover
from yinuo.domains.contracts.warranty import Case, Dates
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.customers.types import Place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.types import Binding, NewFact
from yinuo.domains.requests.questions import ANSWERED, answer_problems, plan_of_version
from yinuo.domains.requests.routing import Features
from yinuo.domains.requests.types import (
    PLANNED_VISIT,
    Channel,
    CoverView,
    Intake,
    RequestKind,
)
from yinuo.kernel.plan.guiding import suggested
from yinuo.platform.errors import InvalidInput
from yinuo.platform.identifiers import new_public_id

# A caller's clock and ours may differ a little; more than this is a typing error.
FUTURE_TOLERANCE = timedelta(minutes=2)
SYMPTOM_LENGTH = 60_000
CALLER_NAME_LENGTH = 80
CALLER_PHONE_LENGTH = 40
ELSEWHERE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Resolved:
    """An intake with everything it names found in the actor's scope."""

    intake: Intake
    place: Place
    asset: KnownAsset | None
    # The site named, else the one where the asset stands.
    site_id: int | None
    cover: Cover
    binding: Binding
    reported_at: datetime

    def reported_fact(self) -> NewFact:
        """The first fact of the request. No personal data: facts can never be erased."""
        attrs = {
            "level": self.intake.level,
            "category": self.intake.category,
            "request_kind": self.intake.kind,
            "channel": self.intake.channel,
            "asset_class": self.asset.asset_class if self.asset else "",
            "cover": self.cover.kind.value,
        }
        given = {name: value for name, value in attrs.items() if value}
        # Nobody reported a visit of ours: the promises that follow a report do not begin.
        kind = "visit_planned" if self.intake.kind == PLANNED_VISIT else "reported"
        return NewFact(kind, self.reported_at, self.intake.channel, given)

    def features(self) -> Features:
        """What support groups tell requests apart by."""
        asset_class = self.asset.asset_class if self.asset else ""
        return Features(self.intake.kind, self.intake.category, self.intake.level, asset_class)

    def first_facts(self, now: datetime) -> list[NewFact]:
        """What is known when the request is opened: it was reported, and at `now` its level set."""
        channel = self.intake.channel
        facts = [self.reported_fact()]
        if self.intake.level:
            facts.append(NewFact("classified", now, channel, {"level": self.intake.level}))
        if self.intake.answers:
            facts.append(NewFact(ANSWERED, now, channel, dict(self.intake.answers)))
        if self.intake.elsewhere.strip():
            facts.append(NewFact("reported_elsewhere", self.reported_at, channel))
        return facts


def resolve(actor: Actor, intake: Intake, permission: Permission, now: datetime) -> Resolved:
    """Find customer, site, contact, asset and cover as of the report.

    Raises NotFound for anything outside the actor's scope, InvalidInput for a missing customer, a
    site of another customer, or a report from the future.
    """
    place = resolve_place(
        actor,
        permission,
        customer_id=intake.customer_id,
        site_id=intake.site_id,
        contact_id=intake.contact_id,
    )
    asset = get_asset_of(place.customer_id, intake.asset_id) if intake.asset_id else None
    reported = reported_at(intake.reported_at, now)
    site_id, zone = place.site_id, place.zone
    if asset is not None and site_id is None:
        site_id, zone = asset.site_id, asset.zone or zone
    thing = _covered(place.customer_id, site_id, asset, zone)
    thing = replace(thing, case=Case(_told(intake)))
    cover = find_cover(thing, reported)
    binding = Binding(
        subject_type="request",
        subject_id=new_public_id(),
        customer_id=place.customer_id,
        unit_id=place.unit_id,
        plan_version_id=cover.plan_version_id,
        contract_id=cover.contract_id if cover.plan_version_id else None,
        zone=zone,
        terms=cover.terms,
    )
    guided = _guided(intake, cover.plan_version_id)
    return Resolved(guided, place, asset, site_id, cover, binding, reported)


def _guided(intake: Intake, plan_version_id: int | None) -> Intake:
    """The intake with the level and category its answers speak for, where it names none."""
    if not intake.answers:
        return intake
    words = suggested(plan_of_version(plan_version_id), intake.answers)
    return replace(
        intake,
        level=intake.level or words.level,
        category=intake.category or words.category,
        answers={code: answer for code, answer in intake.answers.items() if answer},
    )


def _told(intake: Intake) -> dict[str, str]:
    """What warranty clauses may read of a case when it is taken in."""
    given = {"category": intake.category, "level": intake.level, "request_kind": intake.kind}
    return {name: value for name, value in given.items() if value}


def _covered(customer_id: int, site_id: int | None, asset: KnownAsset | None, zone: str) -> Covered:
    if asset is None:
        return Covered(customer_id, site_id, None, zone)
    dates = Dates(asset.purchased_on, asset.accepted_on)
    return Covered(customer_id, site_id, asset.id, zone, dates)


def check(resolved: Resolved, kinds: Collection[str] = frozenset(RequestKind)) -> None:
    """Everything a request needs before it is opened; InvalidInput names each wrong field."""
    intake = resolved.intake
    problems: dict[str, str] = {}
    if not intake.symptom.strip():
        problems["symptom"] = _("Describe what is wrong, as the caller says it.")
    if len(intake.symptom) > SYMPTOM_LENGTH:
        problems["symptom"] = _("Use at most 60,000 characters.")
    if intake.kind not in kinds:
        problems["kind"] = _("Choose one of the kinds offered.")
    if intake.channel not in set(Channel):
        problems["channel"] = _("Choose one of the channels offered.")
    if len(intake.caller_name) > CALLER_NAME_LENGTH:
        problems["caller_name"] = _("Use at most 80 characters.")
    if len(intake.caller_phone) > CALLER_PHONE_LENGTH:
        problems["caller_phone"] = _("Use at most 40 characters.")
    if len(intake.elsewhere) > ELSEWHERE_LENGTH:
        problems["elsewhere"] = _("Use at most 200 characters.")
    problems |= _word_problems(resolved)
    if problems:
        raise InvalidInput(problems)


def cover_view_of(cover: Cover) -> CoverView:
    """The cover as a request shows it."""
    return CoverView(
        kind=cover.kind.value,
        reason=cover.reason.value,
        contract_public_id=cover.contract_public_id,
        contract_number=cover.contract_number,
        until=cover.until,
        covers=cover.covers,
        rung=cover.rung,
    )


def _word_problems(resolved: Resolved) -> dict[str, str]:
    """Level and category must be words of the plan; without a plan there are none to choose."""
    intake, version_id = resolved.intake, resolved.cover.plan_version_id
    plan = plan_of_version(version_id)
    levels = {choice.code for choice in plan.levels} if plan else set()
    categories = {choice.code for choice in plan.categories} if plan else set()
    problems: dict[str, str] = {}
    if levels and not intake.level:
        problems["level"] = _("Choose the level: the promised times depend on it.")
    elif intake.level and intake.level not in levels:
        problems["level"] = _("The plan of this contract has no such level.")
    if intake.category and intake.category not in categories:
        problems["category"] = _("The plan of this contract has no such category.")
    return problems | answer_problems(plan, intake.answers)


def reported_at(given: datetime | None, now: datetime) -> datetime:
    """The instant of a report: `now` when none is given; InvalidInput without zone or in future."""
    if given is None:
        return now
    if given.tzinfo is None:
        raise InvalidInput({"reported_at": _("Give the time with its zone, such as +08:00.")})
    if given > now + FUTURE_TOLERANCE:
        raise InvalidInput({"reported_at": _("This time is in the future. Correct it.")})
    return min(given, now)
