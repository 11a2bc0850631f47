"""Visits and hours bought with a contract: granted, used, given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinuo.domains.contracts.models import Contract, Quota, QuotaUse
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.types import QuotaKind
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput, YinuoError
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.scoped import one_of

REFERENCE_LENGTH, NOTE_LENGTH = 120, 400
MOST = Decimal(1_000_000)


class QuotaUsedUp(YinuoError):
    """Nothing, or not enough, is left of the visits or hours bought."""

    code = "quota_used_up"
    status = 409
    message = gettext_lazy("The visits or hours bought with this contract are used up.")


@dataclass(frozen=True, slots=True)
class QuotaData:
    """So many visits or hours from a day to the day before `ends_on` (open when None)."""

    kind: str
    included: Decimal
    begins_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class UseData:
    """What used up how much, and when. `reference` names it: counted once, however often told."""

    kind: str
    amount: Decimal
    reference: str
    used_on: date
    note: str = ""


def grant_quota(*, actor: Actor, contract_id: object, data: QuotaData, now: datetime) -> Quota:
    """Add visits or hours to a contract. Raises InvalidInput, also for periods that overlap."""
    contract = one_of(visible_contracts(actor, Permission.CONTRACT_WRITE), contract_id)
    with writing(actor=actor, now=now) as work:
        # The lock keeps two overlapping periods from being added at the same time.
        Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
        _check_grant(contract, data)
        return granted(contract, data, work)


def granted(contract: Contract, data: QuotaData, work: Work) -> Quota:
    """The row of a quota already checked; joins the running step."""
    quota = Quota.objects.create(
        contract=contract,
        kind=data.kind,
        begins_on=data.begins_on,
        ends_on=data.ends_on,
        included=data.included,
    )
    after = {"kind": data.kind, "included": str(data.included), "from": str(data.begins_on)}
    work.audit("contract.grant_quota", contract, after=after)
    return quota


def use_quota(*, actor: Actor, contract_id: object, data: UseData, now: datetime) -> QuotaUse:
    """Count down what a visit or work used; the same reference is counted once.

    Raises QuotaUsedUp when less than the amount is left (nothing is counted then), InvalidInput
    when the contract has no such quota on that day.
    """
    contract = one_of(visible_contracts(actor, Permission.CONTRACT_READ), contract_id)
    _check_use(data)
    with writing(actor=actor, now=now) as work:
        quota = quota_on(contract, data.kind, data.used_on).first()
        if quota is None:
            raise InvalidInput({"kind": _("The contract has no such quota on this day.")})
        known = quota.uses.filter(reference=data.reference.strip(), corrects=None).first()
        if known is not None:
            return known
        within = Quota.objects.filter(pk=quota.pk, used__lte=F("included") - data.amount)
        if not within.update(used=F("used") + data.amount):
            raise QuotaUsedUp(details={"left": str(quota.included - quota.used)})
        use = QuotaUse.objects.create(
            quota=quota,
            amount=data.amount,
            reference=data.reference.strip(),
            used_on=data.used_on,
            note=data.note.strip(),
            at=now,
            actor_label=actor.label,
        )
        after = {"kind": data.kind, "amount": str(data.amount), "reference": use.reference}
        work.audit("contract.use_quota", contract, after=after)
        work.emit("contract.quota_used", contract)
        return use


def quota_on(contract: Contract, kind: str, day: date) -> QuerySet[Quota]:
    """The quota of a kind that a day falls into, locked until the step ends."""
    return (
        Quota.objects.select_for_update(no_key=True)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
        .filter(contract=contract, kind=kind, begins_on__lte=day)
    )


def give_back(*, actor: Actor, use_id: object, reason: str, now: datetime) -> QuotaUse:
    """Take a use back, once, with the reason: the visit was ours to repeat, counted by mistake."""
    if not reason.strip() or len(reason) > NOTE_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
    contracts = visible_contracts(actor, Permission.CONTRACT_WRITE)
    uses = QuotaUse.objects.filter(quota__contract__in=contracts, corrects=None)
    use = one_of(uses.select_related("quota__contract"), use_id)
    with writing(actor=actor, now=now) as work:
        Quota.objects.select_for_update(no_key=True).get(pk=use.quota_id)
        if use.corrections.exists():
            raise InvalidInput({"reason": _("It was given back already.")})
        return taken_back(use, reason.strip(), work)


def taken_back(use: QuotaUse, reason: str, work: Work) -> QuotaUse:
    """The row that takes a use back; its quota is locked. Joins the running step."""
    Quota.objects.filter(pk=use.quota_id).update(used=F("used") - use.amount)
    back = QuotaUse.objects.create(
        quota_id=use.quota_id,
        amount=-use.amount,
        beyond=-use.beyond,
        reference=use.reference,
        revision=use.revision,
        corrects=use,
        request_public_id=use.request_public_id,
        used_on=use.used_on,
        note=reason,
        at=work.now,
        actor_label=work.actor.label,
    )
    after = {"reference": use.reference, "amount": str(-use.amount)}
    work.audit("contract.give_back_quota", use.quota.contract, after=after, reason=reason)
    work.emit("contract.quota_used", use.quota.contract)
    return back


def _check_grant(contract: Contract, data: QuotaData) -> None:
    problems: dict[str, str] = {}
    if data.kind not in set(QuotaKind):
        problems["kind"] = _("Choose one of those offered.")
    whole = data.included == data.included.to_integral_value()
    if not 0 < data.included < MOST or (data.kind == QuotaKind.VISITS and not whole):
        problems["included"] = _("Give a number above 0; visits are whole.")
    if data.ends_on and data.ends_on <= data.begins_on:
        problems["ends_on"] = _("It must end after it starts.")
    overlapping = Quota.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=data.begins_on), contract=contract, kind=data.kind
    )
    if data.ends_on:
        overlapping = overlapping.filter(begins_on__lt=data.ends_on)
    if not problems and overlapping.exists():
        problems["begins_on"] = _("There is a quota of this kind for some of these days already.")
    if problems:
        raise InvalidInput(problems)


def _check_use(data: UseData) -> None:
    problems: dict[str, str] = {}
    whole = data.amount == data.amount.to_integral_value()
    if not 0 < data.amount < MOST or (data.kind == QuotaKind.VISITS and not whole):
        problems["amount"] = _("Give a number above 0; visits are whole.")
    if not data.reference.strip() or len(data.reference) > REFERENCE_LENGTH:
        problems["reference"] = _("Name what used it, in at most 120 characters.")
    if len(data.note) > NOTE_LENGTH:
        problems["note"] = _("Use at most 400 characters.")
    if problems:
        raise InvalidInput(problems)
