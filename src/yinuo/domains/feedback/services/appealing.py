"""An engineer's word against the count of a case, and what a manager decides about it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.fair_models import AppealDecision, ScoreAppeal, ScoredCase
from yinuo.domains.feedback.policies import visible_appeals, visible_cases
from yinuo.domains.feedback.services.publishing import count_stands_still
from yinuo.domains.feedback.services.reckoning import reckon_cases
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

TEXT_LENGTH = 2_000


def appeal_case(*, actor: Actor, case_id: object, reason: str, now: datetime) -> ScoreAppeal:
    """Appeal against the count of one's own case, once.

    Raises NotFound for a case the actor does not see, Forbidden for somebody else's, IllegalMove
    when it was appealed before, InvalidInput without a reason.
    """
    with writing(actor=actor, now=now) as work:
        case = one_of(visible_cases(actor), case_id)
        if not actor.may(Permission.SCORE_OWN) or case.engineer_id != actor.person_id:
            raise Forbidden
        said = _text(reason)
        try:
            with transaction.atomic():
                row = ScoreAppeal.objects.create(
                    case=case,
                    engineer_id=case.engineer_id,
                    unit_id=case.unit_id,
                    reason=said,
                    raised_at=now,
                )
        except IntegrityError as error:
            raise IllegalMove(_("You have appealed against this case already.")) from error
        work.audit("score.appeal", row, after={"case": str(case.case_id)})
        work.emit("score.appealed", row, {"sheet": case.sheet_number})
        return row


def decide_appeal(
    *, actor: Actor, appeal_id: object, upheld: bool, reason: str, now: datetime
) -> ScoreAppeal:
    """Uphold an appeal, so that the case no longer counts for its engineer, or turn it down.

    The customer's word stays: it counts for unit and project. Never by the engineer himself.
    Raises NotFound for an appeal the actor does not see, Forbidden, IllegalMove when it was
    decided before, InvalidInput without a reason.
    """
    with writing(actor=actor, now=now) as work:
        appeal = one_of(visible_appeals(actor).select_for_update(of=("self",)), appeal_id)
        require(actor, Permission.SCORE_DECIDE, appeal.unit_id)
        if appeal.engineer_id == actor.person_id:
            raise Forbidden
        said = _text(reason)
        count_stands_still()
        if AppealDecision.objects.filter(appeal=appeal).exists():
            raise IllegalMove(_("This appeal has been decided already."))
        AppealDecision.objects.create(
            appeal=appeal, upheld=upheld, reason=said, decided_at=now, decided_by=actor.label
        )
        if upheld:
            case_id = ScoredCase.objects.values_list("case_id", flat=True).get(pk=appeal.case_id)
            Answer.objects.filter(case_id=case_id).update(left_out=True)
            reckon_cases([case_id])
        work.audit("score.decide", appeal, after={"upheld": upheld}, reason=said)
        work.emit("score.decided", appeal, {"upheld": upheld})
        return appeal


def _text(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > TEXT_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 2,000 characters.")})
    return said
