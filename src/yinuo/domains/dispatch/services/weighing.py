"""Setting what dispatch reckons with: its weights in versions, and what people's hours cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.dispatch.weighing import MOST, NAMES, Figures, counted_in, present_weighing
from yinuo.domains.dispatch.weight_models import HourPrice, WeightVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require, unit_for, visible_people
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

LONGEST_REASON = 200


def set_weights(
    *,
    actor: Actor,
    figures: Mapping[str, int | None],
    version: int,
    reason: str,
    now: datetime,
) -> WeightVersion:
    """Let other figures count from now on; every decision keeps the version it was taken with.

    It counts in the whole company, so it is set at headquarters. Raises InvalidInput per figure,
    Conflict when somebody set them meanwhile, Forbidden.
    """
    require(actor, Permission.DISPATCH_PRICE, headquarters_id())
    kept = _checked(figures)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise InvalidInput({"reason": _("Say why, in at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        present = present_weighing()
        if present.number != version:
            raise Conflict(details={"yours": version, "present": present.number})
        before = asdict(present.figures)
        try:
            with transaction.atomic():
                row = WeightVersion.objects.create(
                    number=version + 1,
                    set_at=now,
                    set_by=actor.label[:80],
                    reason=said,
                    content=asdict(kept),
                )
        except IntegrityError as error:
            raise Conflict(details={"yours": version, "present": version + 1}) from error
        changed = {name: value for name, value in asdict(kept).items() if value != before[name]}
        work.audit(
            "dispatch.weights",
            row,
            before={name: before[name] for name in changed},
            after=changed,
            reason=said,
        )
        return row


def set_hour_price(
    *,
    actor: Actor,
    unit_id: object = None,
    person_id: object = None,
    hour_fen: int | None,
    version: int | None = None,
    now: datetime,
) -> HourPrice:
    """Say what an hour of a person, or of a unit and those below, costs; None takes it back.

    Raises InvalidInput unless exactly one is named or for a wrong amount, Conflict when it was
    set or changed meanwhile, NotFound for whom the actor does not see, Forbidden.
    """
    require(actor, Permission.DISPATCH_PRICE, headquarters_id())
    if (unit_id is None) == (person_id is None):
        raise InvalidInput({"unit_id": _("Name a unit or a person, not both.")})
    if hour_fen is not None and not 0 <= hour_fen <= MOST["fen"]:
        raise InvalidInput({"hour": _wrong(MOST["fen"])})
    if unit_id is not None:
        whose = {"unit_id": unit_for(actor, unit_id, Permission.UNIT_READ).pk}
    else:
        whose = {"person_id": one_of(visible_people(actor), person_id).pk}
    with writing(actor=actor, now=now) as work:
        row = HourPrice.objects.select_for_update().filter(**whose).first()
        before = row.hour_fen if row else None
        if row is None:
            row = _first(whose, hour_fen)
        elif version is None:
            raise Conflict(details={"yours": None, "present": row.version})
        else:
            stored(row, expected_version=version, changes={"hour_fen": hour_fen})
        work.audit(
            "dispatch.hour_price", row, before={"hour_fen": before}, after={"hour_fen": hour_fen}
        )
        return row


def _first(whose: Mapping[str, int], hour_fen: int | None) -> HourPrice:
    try:
        with transaction.atomic():
            return HourPrice.objects.create(**whose, hour_fen=hour_fen)
    except IntegrityError as error:
        raise Conflict(details={"yours": None, "present": 1}) from error


def _checked(figures: Mapping[str, int | None]) -> Figures:
    """All figures, each a whole number within its bounds."""
    problems, kept = {}, {}
    for name in NAMES:
        value, most = figures.get(name), MOST[counted_in(name)]
        if value is None or not 0 <= value <= most:
            problems[name] = _wrong(most, counted_in(name))
        else:
            kept[name] = value
    if problems:
        raise InvalidInput(problems)
    return Figures(**kept)


def _wrong(most: int, unit: str = "fen") -> str:
    shown = most // 100 if unit == "fen" else most
    return _("Give a number from 0 to %(most)s.") % {"most": f"{shown:,}"}
