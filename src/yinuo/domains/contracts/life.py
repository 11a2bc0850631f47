"""Reading what belongs to a contract's life: quotas, suspensions, supplements, agreements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from yinuo.domains.contracts.figures import set_figures
from yinuo.domains.contracts.models import Agreement, Contract, QuotaUse, Supplement
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.contracts.terms import get_terms
from yinuo.domains.network.types import Actor
from yinuo.kernel.cover.renewal import FIXED, OF_FEE, OF_TOTAL, RenewalPrice, renewal_price
from yinuo.platform.files import selectors as files
from yinuo.platform.files.types import FileView, OpenedFile, owner_of
from yinuo.platform.scoped import one_of

# Of all quotas together, the newest.
MOST_USES = 200


@dataclass(frozen=True, slots=True)
class UseView:
    """One use of a quota, or one given back (negative); `beyond` is what it no longer covers."""

    public_id: UUID
    kind: str
    amount: Decimal
    beyond: Decimal
    reference: str
    used_on: date
    note: str
    at: datetime
    actor: str
    may_be_given_back: bool


@dataclass(frozen=True, slots=True)
class QuotaView:
    """Visits or hours of a period, what is used and the newest uses."""

    public_id: UUID
    kind: str
    begins_on: date
    ends_on: date | None
    included: Decimal
    used: Decimal
    uses: tuple[UseView, ...]

    @property
    def left(self) -> Decimal:
        """What is left."""
        return self.included - self.used


@dataclass(frozen=True, slots=True)
class SuspensionView:
    """Days on which the contract covers nothing."""

    public_id: UUID
    version: int
    begins_on: date
    ends_on: date | None
    reason: str
    suspended_by: str
    resumed_by: str


@dataclass(frozen=True, slots=True)
class SupplementView:
    """What changes from a day on."""

    public_id: UUID
    number: str
    effective_on: date
    total: Decimal | None
    annual_fee: Decimal | None
    ends_on: date | None
    parameters: Mapping[str, Any]
    note: str
    agreed_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A term or later agreement. `state` is term, running, missed, kept, kept_late, withdrawn."""

    public_id: UUID
    version: int
    text: str
    agreed_on: date
    due_on: date | None
    responsible: str
    state: str
    settled_on: date | None
    outcome: str
    files: tuple[FileView, ...]

    @property
    def is_open(self) -> bool:
        """True while it may still be kept or withdrawn."""
        return self.settled_on is None


@dataclass(frozen=True, slots=True)
class Linked:
    """Another contract of the same cycle."""

    public_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class LifeView:
    """Everything that happens to a contract beside its text."""

    quotas: tuple[QuotaView, ...]
    suspensions: tuple[SuspensionView, ...]
    supplements: tuple[SupplementView, ...]
    agreements: tuple[AgreementView, ...]
    renews: Linked | None
    renewed_by: Linked | None
    renewal_price: RenewalPrice | None

    @property
    def open_suspension(self) -> SuspensionView | None:
        """The suspension without an end, if there is one."""
        return next((one for one in self.suspensions if one.ends_on is None), None)


def life_of(actor: Actor, contract_id: object, today: date) -> LifeView:
    """What belongs to a visible contract's life; NotFound otherwise."""
    contract = one_of(visible_contracts(actor).select_related("renews"), contract_id)
    renewal = contract.renewals.first()
    return LifeView(
        quotas=_quotas(contract),
        suspensions=tuple(
            SuspensionView(
                one.public_id,
                one.version,
                one.begins_on,
                one.ends_on,
                one.reason,
                one.suspended_by,
                one.resumed_by,
            )
            for one in contract.suspensions.order_by("-begins_on")
        ),
        supplements=_supplements(contract),
        agreements=_agreements(contract, today),
        renews=_linked(contract.renews),
        renewed_by=_linked(renewal),
        renewal_price=renewal_of(contract, today),
    )


def get_supplement(actor: Actor, contract_id: object, supplement_id: object) -> SupplementView:
    """One supplement of a visible contract; NotFound otherwise."""
    contract = one_of(visible_contracts(actor), contract_id)
    return _supplement(one_of(contract.supplements.all(), supplement_id))


def uses_of_request(request_id: UUID) -> tuple[UseView, ...]:
    """What the sheets of a request, already scoped by the caller, used of its contract's visits
    and hours; what was taken back since is left out."""
    uses = QuotaUse.objects.filter(request_public_id=request_id, corrects=None, corrections=None)
    rows = uses.select_related("quota").prefetch_related("corrections").order_by("id")
    return tuple(map(_use, rows))


def is_beyond_quota(request_id: UUID) -> bool:
    """True when a request's sheets used more than its contract's visits or hours covered."""
    return any(one.beyond for one in uses_of_request(request_id))


def open_agreement_file(actor: Actor, agreement_id: object, file_id: object) -> OpenedFile:
    """The signed paper of an agreement the actor may see; NotFound otherwise."""
    agreements = Agreement.objects.filter(contract__in=visible_contracts(actor))
    return files.open_file(owner_of(one_of(agreements, agreement_id)), file_id)


def _quotas(contract: Contract) -> tuple[QuotaView, ...]:
    rows = list(contract.quotas.order_by("-begins_on", "kind"))
    newest: dict[int, list[UseView]] = {}
    uses = QuotaUse.objects.filter(quota__contract=contract).select_related("quota")
    for one in uses.prefetch_related("corrections").order_by("-id")[:MOST_USES]:
        newest.setdefault(one.quota_id, []).append(_use(one))
    return tuple(
        QuotaView(
            public_id=one.public_id,
            kind=one.kind,
            begins_on=one.begins_on,
            ends_on=one.ends_on,
            included=one.included,
            used=one.used,
            uses=tuple(newest.get(one.pk, ())),
        )
        for one in rows
    )


def _use(one: QuotaUse) -> UseView:
    return UseView(
        public_id=one.public_id,
        kind=one.quota.kind,
        amount=one.amount,
        beyond=one.beyond,
        reference=one.reference,
        used_on=one.used_on,
        note=one.note,
        at=one.at,
        actor=one.actor_label,
        may_be_given_back=one.corrects_id is None and not one.corrections.all(),
    )


def _supplements(contract: Contract) -> tuple[SupplementView, ...]:
    return tuple(map(_supplement, contract.supplements.order_by("-effective_on", "-id")))


def _supplement(one: Supplement) -> SupplementView:
    return SupplementView(
        public_id=one.public_id,
        number=one.number,
        effective_on=one.effective_on,
        total=one.total,
        annual_fee=one.annual_fee,
        ends_on=one.ends_on,
        parameters=one.parameters,
        note=one.note,
        agreed_at=one.agreed_at,
        actor=one.actor_label,
    )


def _agreements(contract: Contract, today: date) -> tuple[AgreementView, ...]:
    rows = list(contract.agreements.select_related("responsible").order_by("-id"))
    papers = files.files_of([owner_of(one) for one in rows], purpose="agreement")
    return tuple(
        AgreementView(
            public_id=one.public_id,
            version=one.version,
            text=one.text,
            agreed_on=one.agreed_on,
            due_on=one.due_on,
            responsible=one.responsible.name if one.responsible else "",
            state=agreement_state(one, today),
            settled_on=one.kept_on or one.withdrawn_on,
            outcome=one.outcome,
            files=tuple(papers[owner_of(one)]),
        )
        for one in rows
    )


def agreement_state(one: Agreement, today: date) -> str:
    """Where an agreement stands: the due day itself is still in time."""
    if one.withdrawn_on:
        return "withdrawn"
    if one.kept_on:
        return "kept_late" if one.due_on and one.kept_on > one.due_on else "kept"
    if one.due_on is None:
        return "term"
    return "missed" if today > one.due_on else "running"


def _linked(contract: Contract | None) -> Linked | None:
    return Linked(contract.public_id, contract.number) if contract else None


def renewal_of(contract: Contract, today: date) -> RenewalPrice | None:
    """By the contract's own figures first, then those its plan sets."""
    rounding = compiled_plan(contract.plan_version_id).plan.money_rounding
    terms = get_terms(contract.pk, today)
    figures = set_figures(contract.plan_version_id, terms.parameters, (FIXED, OF_TOTAL, OF_FEE))
    return renewal_price(figures, terms.total, terms.annual_fee, contract.currency, rounding)
