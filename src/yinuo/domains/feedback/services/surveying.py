"""Asking: a link for the customer, his word in the portal, surveys of projects and years."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_projects
from yinuo.domains.customers.consents import has_refused
from yinuo.domains.customers.visitors import Visitor
from yinuo.domains.feedback.answer_models import Answer
from yinuo.domains.feedback.answer_types import Case, NewAnswer, SurveyData, SurveyWay
from yinuo.domains.feedback.services.answers import case_of_request, keep_answer
from yinuo.domains.feedback.surveys import LINK_PURPOSE, once_of
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.linked import request_of_link
from yinuo.domains.requests.policies import visible_requests
from yinuo.domains.requests.report_forms import plan_of
from yinuo.domains.requests.reports import RESTORED
from yinuo.domains.requests.visitors import own_requests
from yinuo.kernel.plan.reports import Satisfaction, points_of
from yinuo.kernel.scoring import Source
from yinuo.kernel.states import RequestState
from yinuo.platform.errors import IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.types import owner_of
from yinuo.platform.identifiers import new_public_id
from yinuo.platform.journal.work import Work, writing
from yinuo.platform.links.services import issue_link
from yinuo.platform.links.types import Holder, Link
from yinuo.platform.scoped import one_of

OPINION_LENGTH = 4_000
NAME_LENGTH = 80


class SentSurvey(NamedTuple):
    """The request asked about and the secret of the link, which is shown this once."""

    request: Any
    secret: str


def send_survey(*, actor: Actor, request_id: object, now: datetime) -> SentSurvey:
    """A fresh link by which the customer says how satisfied he was; the one before becomes void.

    Raises IllegalMove before the request is restored or when its contact refused surveys, NotFound
    for one the actor does not see.
    """
    with writing(actor=actor, now=now):
        request = one_of(visible_requests(actor).select_for_update(of=("self",)), request_id)
        require(actor, Permission.CALL_BACK_WRITE, request.unit_id)
        _require_restored(request)
        if has_refused(request.contact_id, "survey"):
            raise IllegalMove(_("This contact does not want surveys. Leave him in peace."))
        until = now + timedelta(days=settings.SURVEY_DAYS)
        secret = issue_link(
            purpose=LINK_PURPOSE, owner=owner_of(request), expires_at=until, actor=actor, now=now
        )
        return SentSurvey(request, secret)


def answer_survey(
    *, link: Link, name: str, satisfaction: str, opinion: str, now: datetime
) -> Answer | None:
    """Keep what the holder of a link says; call it inside `use_link`.

    Raises NotFound when the request is gone, InvalidInput by field, IllegalMove while the request
    is taken up again.
    """
    _check(satisfaction, opinion, "reason")
    with writing(actor=Holder(name), now=now) as work:
        if link.purpose != LINK_PURPOSE:
            raise NotFound
        request = request_of_link(link.owner.public_id)
        _require_restored(request)
        said = (satisfaction, name, opinion)
        return _keep(request, Source.LINK, link.public_id, said, work)


def answer_in_portal(
    *, visitor: Visitor, request_id: object, satisfaction: str, opinion: str, now: datetime
) -> Answer:
    """Keep what a visitor says of a request of his customer; each contact once.

    Raises IllegalMove before it is restored or when he has answered, InvalidInput by field.
    """
    _check(satisfaction, opinion, "opinion")
    with writing(actor=Holder(visitor.name), now=now) as work:
        request = one_of(own_requests(visitor).select_related("asset"), request_id)
        _require_restored(request)
        once = once_of(request.public_id, visitor)
        said = (satisfaction, visitor.name, opinion)
        answer = _keep(request, Source.PORTAL, once, said, work)
        if answer is None:
            raise IllegalMove(_("You have answered already. Thank you."))
        return answer


def record_survey(*, actor: Actor, data: SurveyData, now: datetime) -> Answer:
    """Take down what a customer says of a project, or at the end of a year (BP-13).

    Each survey is a case of its own; it counts for the project and the unit in charge of the
    customer, for no engineer. Raises NotFound for a project the actor does not see.
    """
    _check(data.satisfaction, data.opinion, "opinion")
    if data.way not in set(SurveyWay):
        raise InvalidInput({"way": _("Choose one of the answers offered.")})
    if len(data.said_by.strip()) > NAME_LENGTH:
        raise InvalidInput({"said_by": _("Use at most 80 characters.")})
    at = data.given_at or now
    if at > now:
        raise InvalidInput({"given_at": _("This time is in the future. Correct it.")})
    with writing(actor=actor, now=now) as work:
        seen = visible_projects(actor).select_related("customer")
        project = one_of(seen, data.project_id)
        unit_id = project.customer.unit_id
        require(actor, Permission.CALL_BACK_WRITE, unit_id)
        own = new_public_id()
        day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        case = Case(own, day, None, project.customer_id, project.pk, unit_id, None)
        source = Source.ANNUAL if data.is_annual else Source.PROJECT
        points = points_of(None, Satisfaction(data.satisfaction))
        said = (data.said_by.strip(), data.opinion.strip())
        new = NewAnswer(source, own, data.satisfaction, points, *said, at, data.way)
        answer = keep_answer(case, new, work=work)
        assert answer is not None  # its id was made just now
        return answer


def _keep(
    request: Any, source: Source, once: UUID, said: tuple[str, str, str], work: Work
) -> Answer | None:
    satisfaction, name, opinion = said
    points = points_of(plan_of(request), Satisfaction(satisfaction))
    new = NewAnswer(source, once, satisfaction, points, name, opinion.strip(), work.now)
    return keep_answer(case_of_request(request, work.now), new, work=work)


def _require_restored(request: Any) -> None:
    if RequestState(request.state) not in RESTORED:
        raise IllegalMove(_("This can be answered once the request is restored."))


def _check(satisfaction: str, opinion: str, field: str) -> None:
    problems: dict[str, str] = {}
    if satisfaction not in set(Satisfaction):
        problems["satisfaction"] = _("Choose one of the answers offered.")
    if satisfaction == Satisfaction.DISSATISFIED and not opinion.strip():
        problems[field] = _("Write down what the customer is not satisfied with.")
    if len(opinion) > OPINION_LENGTH:
        problems[field] = _("Use at most 4,000 characters.")
    if problems:
        raise InvalidInput(problems)
