"""Giving a version to a customer, for an asset that is entitled to it or to whom it was sold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.classes import AssetClass, assets_of_class
from yinuo.domains.assets.services.software import keep_software
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.domains.software.entitling import covers_now, entitlement_of
from yinuo.domains.software.models import SoftwareDelivery, SoftwareHelp, SoftwareRelease
from yinuo.domains.software.policies import visible_releases
from yinuo.domains.software.types import DeliveryData, HelpData, HelpWay, Refusal, Way
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

SOURCE, GIVEN = "software", "patch_delivered"
NAME_LENGTH, PAID_LENGTH, TEXT_LENGTH, MOST_MINUTES = 120, 80, 1_000, 1_440


def deliver_release(
    *, actor: Actor, release_id: object, asset_id: object, data: DeliveryData, now: datetime
) -> SoftwareDelivery:
    """Record that a version was given for an asset, and installed when it was.

    An asset that is not entitled today gets it as sold only: `paid_as` names the accepted quote.
    With a request the delivery is a step of it and ends its promise. Raises InvalidInput by field
    (`paid_as` with why it is not free), IllegalMove once withdrawn, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        release, asset = _found(actor, release_id, asset_id)
        at = data.delivered_at or work.now
        _check_delivery(data, at, work.now)
        entitlement = entitlement_of(release, covers_now([asset], work.now)[0])
        if entitlement.refusal is Refusal.WITHDRAWN:
            raise IllegalMove(_("This version was withdrawn."))
        paid_as = data.paid_as.strip()
        if not entitlement.holds and not paid_as:
            raise InvalidInput({"paid_as": _why(entitlement.refusal)})
        delivery = SoftwareDelivery(
            release=release,
            asset=asset,
            way=data.way,
            to_whom=data.to_whom.strip(),
            cover=entitlement.cover,
            paid_as=paid_as,
            is_installed=data.is_installed,
            delivered_at=at,
            recorded_at=work.now,
            recorded_by=actor.label,
        )
        work.add(delivery)
        if data.is_installed:
            keep_software(asset.pk, release.number, work)
        if data.request_id:
            _tell_request(actor, data.request_id, asset, at, work)
        work.audit("software.deliver", delivery, after={"number": release.number, "way": data.way})
        work.emit("software.delivered", release, {"asset": str(asset.public_id)})
        return delivery


def help_with_release(
    *, actor: Actor, release_id: object, asset_id: object, data: HelpData, now: datetime
) -> SoftwareHelp:
    """Record help given with a version, by phone or remotely; the version runs when it was
    installed. Raises InvalidInput by field, NotFound."""
    with writing(actor=actor, now=now) as work:
        release, asset = _found(actor, release_id, asset_id)
        at = data.helped_at or work.now
        _check_help(data, at, work.now)
        help_given = SoftwareHelp(
            release=release,
            asset=asset,
            way=data.way,
            minutes=data.minutes,
            text=data.text.strip(),
            helped_at=at,
            recorded_at=work.now,
            helped_by=actor.label,
        )
        work.add(help_given)
        if data.is_installed:
            keep_software(asset.pk, release.number, work)
        work.audit("software.help", help_given, after={"minutes": data.minutes})
        return help_given


def _found(actor: Actor, release_id: object, asset_id: object) -> tuple[SoftwareRelease, Any]:
    release = one_of(visible_releases(actor), release_id)
    which = AssetClass(release.model, release.asset_class)
    fitting = assets_of_class(actor, which, Permission.SOFTWARE_DELIVER)
    return release, one_of(fitting.select_related("site", "project", "customer"), asset_id)


def _tell_request(actor: Actor, request_id: object, asset: Any, at: datetime, work: Work) -> None:
    seen = visible_requests(actor, Permission.REQUEST_WORK).filter(customer_id=asset.customer_id)
    request = one_of(seen.select_for_update(of=("self",)), request_id)
    if RequestState(request.state) not in OPEN:
        raise IllegalMove(_("This request is closed. Reopen it first."))
    state_facts(request, [StepFact(GIVEN, at)], source=SOURCE, work=work)


def _why(refusal: Refusal) -> str:
    """Why it is not free, and what then."""
    reasons = {
        Refusal.PAID_FEATURE: _("A paid feature is not included."),
        Refusal.TERM_OVER: _("The term for software is over."),
        Refusal.NOT_INCLUDED: _("The contract does not include software."),
        Refusal.NO_CONTRACT: _("No contract covers this asset."),
    }
    return reasons[refusal] + " " + _("Quote it, then name the accepted quote here.")


def _check_delivery(data: DeliveryData, at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    if data.way not in set(Way):
        problems["way"] = _("Choose one of those offered.")
    if not 0 < len(data.to_whom.strip()) <= NAME_LENGTH:
        problems["to_whom"] = _("Say to whom it was given.")
    if len(data.paid_as) > PAID_LENGTH:
        problems["paid_as"] = _("Use at most %(most)d characters.") % {"most": PAID_LENGTH}
    if at > now:
        problems["delivered_at"] = _("This time is in the future. Correct it.")
    if problems:
        raise InvalidInput(problems)


def _check_help(data: HelpData, at: datetime, now: datetime) -> None:
    problems: dict[str, str] = {}
    if data.way not in set(HelpWay):
        problems["way"] = _("Choose one of those offered.")
    if not 0 < data.minutes <= MOST_MINUTES:
        problems["minutes"] = _("Give 1 to 1,440 minutes.")
    if not data.text.strip() or len(data.text) > TEXT_LENGTH:
        problems["text"] = _("Write down what was done, in at most 1,000 characters.")
    if at > now:
        problems["helped_at"] = _("This time is in the future. Correct it.")
    if problems:
        raise InvalidInput(problems)
