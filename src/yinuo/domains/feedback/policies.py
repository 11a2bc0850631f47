"""Which call-backs and answers an actor sees: of the requests he sees, of his units, his own."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yinuo.domains.feedback.complaint_models import Complaint
from yinuo.domains.feedback.fair_models import ScoreAppeal, ScoredCase
from yinuo.domains.feedback.models import Answer, CallBack
from yinuo.domains.feedback.publication_models import PublishedScore
from yinuo.domains.feedback.rule_models import CallBackRule
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.policies import visible_requests


def visible_call_backs(actor: Actor) -> QuerySet[CallBack]:
    """Call-backs of visible requests."""
    return CallBack.objects.filter(request__in=visible_requests(actor))


def visible_rules(actor: Actor) -> QuerySet[CallBackRule]:
    """Rules of drawing call-backs, of the units where the actor phones customers back."""
    return CallBackRule.objects.filter(unit_id__any=actor.units_for(Permission.CALL_BACK_WRITE))


def visible_answers(actor: Actor) -> QuerySet[Answer]:
    """Answers about the people of units where the actor may see scores, and about himself."""
    return Answer.objects.filter(_seen_or_own(actor))


def visible_cases(actor: Actor) -> QuerySet[ScoredCase]:
    """Cases with the inputs of their fair score, as far as their answers are visible."""
    return ScoredCase.objects.filter(_seen_or_own(actor))


def visible_appeals(actor: Actor) -> QuerySet[ScoreAppeal]:
    """Appeals of the people of units where the actor may see scores, and his own."""
    return ScoreAppeal.objects.filter(_seen_or_own(actor))


def visible_complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints of units where the actor may see them."""
    return Complaint.objects.filter(unit_id__any=actor.units_for(Permission.COMPLAINT_READ))


def visible_published(actor: Actor) -> QuerySet[PublishedScore]:
    """Published figures of units where the actor may see scores, and his own."""
    return PublishedScore.objects.filter(_seen_or_own(actor))


def _seen_or_own(actor: Actor) -> Q:
    """Of the units where the actor may see scores, or about himself."""
    seen = Q(unit_id__any=actor.units_for(Permission.SCORE_READ))
    if actor.person_id is not None and actor.may(Permission.SCORE_OWN):
        seen |= Q(engineer_id=actor.person_id)
    return seen
