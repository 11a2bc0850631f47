"""Setting what counts how much in the fair score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.feedback.fair_models import ScoreWeights
from yinuo.domains.feedback.fair_types import BOUNDS
from yinuo.domains.feedback.weighing import present_weighing
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.selectors import headquarters_id
from yinuo.domains.network.types import Actor
from yinuo.kernel.scoring import FairWeights
from yinuo.platform.errors import Conflict, InvalidInput
from yinuo.platform.journal.work import writing

LONGEST_REASON = 200


def set_score_weights(
    *,
    actor: Actor,
    weights: Mapping[str, int | None],
    version: int,
    reason: str,
    now: datetime,
) -> ScoreWeights:
    """Let other weights count in every month that is not published yet.

    They count in the whole company, so they are set at headquarters; a worker reckons the cases
    anew. Raises InvalidInput per weight, Conflict when somebody set them meanwhile, Forbidden.
    """
    require(actor, Permission.SCORE_PUBLISH, headquarters_id())
    kept = asdict(_checked(weights))
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise InvalidInput({"reason": _("Say why, in at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        present = present_weighing()
        if present.number != version:
            raise Conflict(details={"yours": version, "present": present.number})
        before = asdict(present.weights)
        try:
            with transaction.atomic():
                row = ScoreWeights.objects.create(
                    number=version + 1,
                    set_at=now,
                    set_by=actor.label[:80],
                    reason=said,
                    content=kept,
                )
        except IntegrityError as error:
            raise Conflict(details={"yours": version, "present": version + 1}) from error
        changed = {name: value for name, value in kept.items() if value != before[name]}
        work.audit(
            "score.weights",
            row,
            before={name: before[name] for name in changed},
            after=changed,
            reason=said,
        )
        return row


def _checked(given: Mapping[str, int | None]) -> FairWeights:
    """All weights, each within its bounds, something counting."""
    problems: dict[str, str] = {}
    kept: dict[str, int] = {}
    for name, (least, most) in BOUNDS.items():
        value = given.get(name)
        if value is None or not least <= value <= most:
            problems[name] = _("Give a number from %(least)s to %(most)s.") % {
                "least": least,
                "most": most,
            }
        else:
            kept[name] = value
    if not problems and not kept["satisfaction_percent"] + kept["timeliness_percent"]:
        problems["satisfaction_percent"] = _("Let opinion or timeliness count, or both.")
    if problems:
        raise InvalidInput(problems)
    return FairWeights(**kept)
