"""Answering the plan's guided questions on a request already open (B-16)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.questions import ANSWERED, answer_problems, plan_of_version
from yinuo.domains.requests.services.recording import (
    check_not_merged,
    locked_request,
    state_facts,
)
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing


def answer_questions(
    *,
    actor: Actor,
    request_id: object,
    answers: Mapping[str, str],
    version: int,
    source: str,
    now: datetime,
) -> Request:
    """Keep what the customer answered to the plan's questions; the newest answer counts.

    Level and category stay: changing them is an act of its own with its reason. Raises
    InvalidInput for an unknown question or answer or for none, IllegalMove when the request is
    closed or merged, Conflict when `version` is stale.
    """
    with writing(actor=actor, now=now) as work:
        request = locked_request(actor, request_id)
        require(actor, Permission.REQUEST_WORK, request.unit_id)
        check_not_merged(request)
        if RequestState(request.state) not in OPEN:
            raise IllegalMove(_("A closed request stays as it is. Reopen it first."))
        given = {code: answer for code, answer in answers.items() if answer}
        problems = answer_problems(plan_of_version(request.plan_version_id), given)
        if not given:
            problems["answers"] = _("Choose at least one answer.")
        if problems:
            raise InvalidInput(problems)
        fact = StepFact(ANSWERED, now, given)
        return state_facts(request, [fact], source=source, work=work, version=version)
