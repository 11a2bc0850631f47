"""Reading trainings; every function is limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from yinuo.domains.network.types import Actor
from yinuo.domains.trainings.models import Participant, Training
from yinuo.domains.trainings.policies import visible_participants, visible_trainings
from yinuo.domains.trainings.services.materials import PURPOSE
from yinuo.domains.trainings.types import (
    TOOK_PLACE,
    ParticipantRow,
    ResultRow,
    Teaches,
    TrainingOutcome,
    TrainingRow,
)
from yinuo.platform.files import selectors as files
from yinuo.platform.files.types import FileView, OpenedFile, owner_of
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import identity, one_of

MOST_BESIDE = 8
NEWEST = ("-starts_at", "-id")
_RELATED = ("unit", "trainer", "customer", "project", "contract", "asset")
_WITH_TRAINING = tuple(f"training__{name}" for name in _RELATED)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which trainings: of a kind, in a state, by a unit, for a customer, within a time (half-open),
    by part of the subject."""

    kind: str = ""
    state: str = ""
    unit_id: object = None
    customer_id: object = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""

    def condition(self, before: str = "") -> Q:
        """The condition on trainings, or on what refers to them by `before`."""
        wanted: dict[str, Any] = {
            "kind": self.kind,
            "state": self.state,
            "unit__public_id": identity(self.unit_id) if self.unit_id else None,
            "customer__public_id": identity(self.customer_id) if self.customer_id else None,
            "starts_at__gte": self.since,
            "starts_at__lt": self.until,
            "subject__icontains": self.text.strip(),
        }
        return Q(**{before + name: value for name, value in wanted.items() if value})


def list_trainings(
    actor: Actor, *, narrowed: Narrowed | None = None, cursor: str = "", limit: int = 50
) -> Page[TrainingRow]:
    """Visible trainings, the newest first."""
    found = visible_trainings(actor).filter((narrowed or Narrowed()).condition())
    page = page_of(found.select_related(*_RELATED), order=NEWEST, cursor=cursor, limit=limit)
    return Page(tuple(_counted(actor, page.items)), page.next_cursor)


def get_training(actor: Actor, training_id: object) -> TrainingRow:
    """One visible training; NotFound otherwise."""
    found = one_of(visible_trainings(actor).select_related(*_RELATED), training_id)
    return _counted(actor, [found])[0]


def list_participants(actor: Actor, training_id: object) -> list[ParticipantRow]:
    """Who takes part in a visible training: everybody, or the actor himself alone."""
    training = one_of(visible_trainings(actor), training_id)
    rows = visible_participants(actor).filter(training=training)
    return [_participant(one) for one in _with_person(rows).order_by("id")]


def list_results(
    actor: Actor, *, narrowed: Narrowed | None = None, cursor: str = "", limit: int = 50
) -> Page[ResultRow]:
    """Participants of visible trainings with what came of it, the newest last."""
    found = visible_participants(actor).filter((narrowed or Narrowed()).condition("training__"))
    rows = _with_person(found).select_related(*_WITH_TRAINING)
    return page_of(rows, order=("training_id", "id"), cursor=cursor, limit=limit).map(_result)


def trainings_beside(
    actor: Actor, *, customer_id: object = None, project_id: object = None
) -> list[TrainingRow]:
    """The newest trainings of a customer or of a project (public ids), at most eight."""
    wanted = Q(project__public_id=identity(project_id)) if project_id else Q()
    if customer_id:
        wanted &= Q(customer__public_id=identity(customer_id))
    rows = visible_trainings(actor).filter(wanted).select_related(*_RELATED)
    return _counted(actor, rows.order_by(*NEWEST)[:MOST_BESIDE])


def results_of_person(actor: Actor, person_id: object) -> list[ResultRow]:
    """The newest trainings that took place in which somebody took part, as far as visible."""
    took_place = Q(person__public_id=identity(person_id), training__state__in=TOOK_PLACE)
    rows = _with_person(visible_participants(actor).filter(took_place))
    newest = rows.select_related(*_WITH_TRAINING).order_by("-training__starts_at", "-id")
    return [_result(one) for one in newest[: MOST_BESIDE * 3]]


def list_materials(actor: Actor, training_id: object) -> list[FileView]:
    """The files kept with a visible training."""
    training = one_of(visible_trainings(actor), training_id)
    return files.list_files(owner_of(training), purpose=PURPOSE)


def open_material(actor: Actor, training_id: object, file_id: object) -> OpenedFile:
    """A file of a visible training; NotFound for another's."""
    return files.open_file(owner_of(one_of(visible_trainings(actor), training_id)), file_id)


def _with_person(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    return rows.select_related("person__unit", "contact", "certificate")


def _counted(actor: Actor, rows: Iterable[Training]) -> list[TrainingRow]:
    """The rows with their counts of visible participants; one statement for all of them."""
    trainings = list(rows)
    came = ~Q(outcome__in=[TrainingOutcome.EXPECTED.value, TrainingOutcome.ABSENT.value])
    passed = Q(outcome=TrainingOutcome.PASSED)
    seen = visible_participants(actor).filter(training_id__in=[one.pk for one in trainings])
    figures = {
        "n": Count("pk", distinct=True),
        "n_came": Count("pk", distinct=True, filter=came),
        "n_passed": Count("pk", distinct=True, filter=passed),
        "n_to_grant": Count("pk", distinct=True, filter=passed & Q(granted_at__isnull=True)),
    }
    counted = seen.order_by().values("training_id").annotate(**figures)
    rows_of = counted.values_list("training_id", *figures)
    counts = {training_id: found for training_id, *found in rows_of}
    return [_with_counts(_row(one), *counts.get(one.pk, (0, 0, 0, 0))) for one in trainings]


def _with_counts(
    row: TrainingRow, participants: int, came: int, passed: int, to_grant: int
) -> TrainingRow:
    return replace(row, participants=participants, came=came, passed=passed, to_grant=to_grant)


def _row(one: Training) -> TrainingRow:
    customer, project, contract, asset = one.customer, one.project, one.contract, one.asset
    return TrainingRow(
        id=one.pk,
        public_id=one.public_id,
        version=one.version,
        kind=one.kind,
        occasion=one.occasion,
        subject=one.subject,
        topics=one.topics,
        place=one.place,
        state=one.state,
        unit_id=one.unit_id,
        unit_public_id=one.unit.public_id,
        unit_name=one.unit.name,
        trainer_id=one.trainer_id,
        trainer_public_id=one.trainer.public_id,
        trainer_name=one.trainer.name,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        began_at=one.began_at,
        ended_at=one.ended_at,
        report=one.report,
        most_points=one.most_points,
        teaches=_teaches(one),
        customer_public_id=customer.public_id if customer else None,
        customer_name=customer.name if customer else "",
        project_public_id=project.public_id if project else None,
        project_name=project.name if project else "",
        contract_public_id=contract.public_id if contract else None,
        contract_number=contract.number if contract else "",
        asset_public_id=asset.public_id if asset else None,
        asset_name=asset.name if asset else "",
        taken_over_by=one.taken_over_by,
        taken_over_on=one.taken_over_on,
        closed_at=one.closed_at,
        reason=one.reason,
        created_at=one.created_at,
        created_by=one.created_by,
    )


def _teaches(one: Training) -> Teaches:
    certificate = (one.certificate, one.product_line, one.certificate_months)
    return Teaches(one.skill, one.level, *certificate)


def _participant(one: Participant) -> ParticipantRow:
    person, contact, certificate = one.person, one.contact, one.certificate
    return ParticipantRow(
        public_id=one.public_id,
        name=one.name,
        person_id=one.person_id,
        person_public_id=person.public_id if person else None,
        unit_name=person.unit.name if person else "",
        contact_public_id=contact.public_id if contact else None,
        outcome=one.outcome,
        points=one.points,
        granted_at=one.granted_at,
        granted_by=one.granted_by,
        certificate_public_id=certificate.public_id if certificate else None,
    )


def _result(one: Participant) -> ResultRow:
    return ResultRow(_participant(one), _row(one.training))
