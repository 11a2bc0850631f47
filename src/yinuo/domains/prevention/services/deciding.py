"""Deciding about what records suggest: taken up as a visit, or declined with the reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.domains.prevention.models import Decision, Series
from yinuo.domains.prevention.services.setting_up import create_series
from yinuo.domains.prevention.suggestions import Ground, Suggestion, suggestions
from yinuo.domains.prevention.types import Beat, Recurrence, SeriesData, SeriesKind
from yinuo.platform.days import day_of
from yinuo.platform.errors import InvalidInput, NotFound
from yinuo.platform.journal.work import Work, writing

REASON_LENGTH, TITLE_LENGTH = 400, 200
FARTHEST = timedelta(days=732)


def take_suggestion(*, actor: Actor, key: str, title: str, due_on: date, now: datetime) -> Series:
    """Take a suggestion up: a single visit, due by a day, with its reason as the title.

    Raises NotFound for one that records no longer suggest or somebody decided about,
    InvalidInput per field.
    """
    problems: dict[str, str] = {}
    if not title.strip() or len(title) > TITLE_LENGTH:
        problems["title"] = _("Give a title of at most 200 characters.")
    if not now.date() - timedelta(days=1) <= due_on <= now.date() + FARTHEST:
        problems["due_on"] = _("Give a day to come, within two years.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        one = _suggested(actor, key, now)
        kind = SeriesKind.CALL if one.ground is Ground.EXPIRING else SeriesKind.MAINTENANCE
        data = SeriesData(
            kind=kind.value,
            title=title.strip(),
            work="",
            beat=Beat(Recurrence.ONCE.value, min(day_of(now), due_on), due_on),
            asset_id=one.asset_public_id,
        )
        series = create_series(actor=actor, customer_id=one.customer_public_id, data=data, now=now)
        _decide(one, work, series=series)
        return series


def decline_suggestion(*, actor: Actor, key: str, reason: str, now: datetime) -> Decision:
    """Decline a suggestion, with the reason; with other evidence it is made anew.

    Raises NotFound and InvalidInput as take_suggestion does.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
    with writing(actor=actor, now=now) as work:
        return _decide(_suggested(actor, key, now), work, reason=reason.strip())


def _suggested(actor: Actor, key: str, now: datetime) -> Suggestion:
    found = next((one for one in suggestions(actor, now) if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _decide(
    one: Suggestion, work: Work, *, series: Series | None = None, reason: str = ""
) -> Decision:
    decision = Decision.objects.create(
        unit_id=one.unit_id,
        customer_id=one.customer_id,
        key=one.key,
        ground=one.ground.value,
        series=series,
        reason=reason,
        decided_at=work.now,
        decided_by=work.actor.label,
    )
    action = "visit_proposal.take" if series else "visit_proposal.decline"
    work.audit(action, decision, after={"key": one.key}, reason=reason)
    return decision
