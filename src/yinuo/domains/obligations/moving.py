"""What moving a contract to another version of its plan would mean for what it owes today.

Its own promises follow the new version at once. Its running cases keep the version they began
with: what the other would give them is worked out only to be read beside it. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Min
from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.selectors import (
    get_contract,
    get_plan_version,
    list_plan_versions,
)
from yinuo.domains.network.types import Actor
from yinuo.domains.obligations.bindings import binding_of
from yinuo.domains.obligations.computing import evaluated
from yinuo.domains.obligations.contract_facts import CONTRACT, lent_facts
from yinuo.domains.obligations.models import LIVE, FactRow, ObligationRow, SubjectRow
from yinuo.domains.obligations.policies import visible_obligations
from yinuo.domains.obligations.types import Binding
from yinuo.kernel.evaluation import Obligation
from yinuo.platform.errors import InvalidInput

MOST_CASES = 20
# Of the contract's own promises so many are compared: those due first.
MOST_OWN = 60


@dataclass(frozen=True, slots=True)
class DueBeside:
    """An open promise: when it is due now, and when it would be under the other version.

    `due_at` is None for one that only the other version knows, `other` for one it does not know.
    """

    clause: str
    number: str
    title_zh: str
    title_en: str
    due_at: datetime | None
    other: datetime | None

    @property
    def differs(self) -> bool:
        """Whether the versions do not say the same."""
        return self.due_at != self.other


@dataclass(frozen=True, slots=True)
class CaseBeside:
    """A running case with the number of the plan version it began with and keeps."""

    subject_type: str
    subject_id: UUID
    kept_number: int | None
    dues: tuple[DueBeside, ...]

    @property
    def differing(self) -> tuple[DueBeside, ...]:
        """What the other version would give otherwise."""
        return tuple(one for one in self.dues if one.differs)

    @property
    def same(self) -> tuple[DueBeside, ...]:
        """What it would give as well."""
        return tuple(one for one in self.dues if not one.differs)


@dataclass(frozen=True, slots=True)
class IfMoved:
    """What the contract itself owes, which follows, and its running cases, which keep theirs.

    `cases` are those due first, at most 20 of `total`.
    """

    own: tuple[DueBeside, ...]
    cases: tuple[CaseBeside, ...]
    total: int


def what_moving_changes(
    actor: Actor, contract_id: object, plan_version_id: object, now: datetime
) -> IfMoved:
    """The open promises of a visible contract and its cases, now and under another version.

    Raises NotFound for either, InvalidInput for a version of another plan.
    """
    contract = get_contract(actor, contract_id)
    version = get_plan_version(actor, plan_version_id)
    numbers = {one.id: one.number for one in list_plan_versions(actor) if one.code == version.code}
    if contract.plan_version_id not in numbers:
        raise InvalidInput({"plan_version_id": _("This version belongs to another plan.")})
    live = visible_obligations(actor).filter(LIVE, contract_id=contract.id)
    rows = live.exclude(subject_type=CONTRACT)
    first = rows.values_list("subject_id").annotate(first=Min("due_at"))
    chosen = [one for one, _ in first.order_by("first", "subject_id")[:MOST_CASES]]
    total = rows.values("subject_id").distinct().count()
    own = list(live.filter(subject_type=CONTRACT).order_by("due_at", "id")[:MOST_OWN])
    wanted = {*chosen, *(row.subject_id for row in own)}
    bindings = {
        row.subject_id: binding_of(row) for row in SubjectRow.objects.filter(subject_id__in=wanted)
    }
    beside = _Beside(bindings, [*own, *rows.filter(subject_id__in=chosen)], version.id, now)
    return IfMoved(
        own=beside.dues(own[0].subject_id) if own else (),
        cases=tuple(
            CaseBeside(
                bindings[one].subject_type,
                one,
                numbers.get(bindings[one].plan_version_id or 0),
                beside.dues(one),
            )
            for one in chosen
        ),
        total=total,
    )


class _Beside:
    """Stored promises beside what another version makes of the same facts; read together."""

    def __init__(
        self,
        bindings: dict[UUID, Binding],
        live: Sequence[ObligationRow],
        version_id: int,
        now: datetime,
    ) -> None:
        self._bindings = {
            subject: replace(one, plan_version_id=version_id) for subject, one in bindings.items()
        }
        self._now = now
        self._version_id = version_id
        self._live: dict[UUID, dict[tuple[str, int], ObligationRow]] = {}
        for row in live:
            self._live.setdefault(row.subject_id, {})[row.clause, row.position] = row
        known = ObligationRow.objects.filter(subject_id__in=bindings)
        self._known = set(known.values_list("subject_id", "clause", "position"))
        self._facts: dict[UUID, list[FactRow]] = {}
        for fact in FactRow.objects.filter(subject_id__in=bindings).order_by("id"):
            self._facts.setdefault(fact.subject_id, []).append(fact)
        self._lent = lent_facts(self._bindings.values())

    def dues(self, subject_id: UUID) -> tuple[DueBeside, ...]:
        """The open promises of a subject under both versions, the earliest leading."""
        binding = self._bindings[subject_id]
        rows = dict(self._live.get(subject_id, {}))
        found: list[DueBeside] = []
        for one in self._evaluated(binding):
            row = rows.pop((one.clause_id, one.number), None)
            is_new = (subject_id, one.clause_id, one.number) not in self._known
            if row is not None or (is_new and one.is_open):
                due = row.due_at if row is not None else None
                found.append(_due(self._version_id, one.clause_id, due, one.due_at))
        found += [_due(row.plan_version_id, row.clause, row.due_at, None) for row in rows.values()]
        shown = [one for one in found if one.due_at is not None or one.other is not None]
        return tuple(sorted(shown, key=lambda one: one.due_at or one.other or self._now))

    def _evaluated(self, binding: Binding) -> Iterable[Obligation]:
        facts = self._facts.get(binding.subject_id, [])
        evaluation = evaluated(binding, facts, self._now, self._lent)
        return evaluation.of_subject(binding.subject) if evaluation is not None else ()


def _due(
    plan_version_id: int, clause_id: str, due_at: datetime | None, other: datetime | None
) -> DueBeside:
    clause = compiled_plan(plan_version_id).plan.clause(clause_id)
    return DueBeside(clause.id, clause.number, clause.title.zh, clause.title.en, due_at, other)
