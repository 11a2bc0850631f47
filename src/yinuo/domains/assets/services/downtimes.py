"""Downtimes entered by hand, for what never became a request: enter, end, take back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Downtime
from yinuo.domains.assets.policies import visible_assets
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

TEXT_LENGTH = 200


def record_downtime(
    *,
    actor: Actor,
    asset_id: object,
    began_at: datetime,
    ended_at: datetime | None,
    cause: str,
    now: datetime,
) -> Downtime:
    """Enter when an asset did not work; without end it still does not.

    Raises InvalidInput for an end before the beginning, a time to come or no cause; NotFound.
    """
    asset = one_of(visible_assets(actor, Permission.ASSET_WRITE), asset_id)
    problems = _wrong_times(began_at, ended_at, now)
    if not cause.strip() or len(cause) > TEXT_LENGTH:
        problems["cause"] = _("Say in at most 200 characters what was wrong.")
    if problems:
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        row = Downtime.objects.create(
            asset=asset,
            began_at=began_at,
            ended_at=ended_at,
            cause=cause.strip(),
            recorded_at=now,
            recorded_by=actor.label,
        )
        work.audit("downtime.record", row, after=_shown(row))
        return row


def end_downtime(
    *, actor: Actor, downtime_id: object, version: int, ended_at: datetime, now: datetime
) -> Downtime:
    """Say when it worked again. Raises IllegalMove when that is known, InvalidInput, Conflict."""
    row = _writable(actor, downtime_id)
    if row.ended_at is not None or row.void_reason:
        raise IllegalMove(_("This downtime is over already."))
    if problems := _wrong_times(row.began_at, ended_at, now):
        raise InvalidInput(problems)
    with writing(actor=actor, now=now) as work:
        stored(row, expected_version=version, changes={"ended_at": ended_at})
        work.audit("downtime.end", row, after=_shown(row))
        return row


def void_downtime(
    *, actor: Actor, downtime_id: object, version: int, reason: str, now: datetime
) -> Downtime:
    """Take back an entry that was wrong; it stays on record with the reason."""
    row = _writable(actor, downtime_id)
    if row.void_reason:
        raise IllegalMove(_("This entry was taken back already."))
    if not reason.strip() or len(reason) > TEXT_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        stored(row, expected_version=version, changes={"void_reason": reason.strip()})
        work.audit("downtime.void", row, before=_shown(row), reason=reason)
        return row


def _writable(actor: Actor, downtime_id: object) -> Downtime:
    assets = visible_assets(actor, Permission.ASSET_WRITE)
    return one_of(Downtime.objects.filter(asset__in=assets), downtime_id)


def _shown(row: Downtime) -> dict[str, str | None]:
    return {
        "began_at": row.began_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _wrong_times(began_at: datetime, ended_at: datetime | None, now: datetime) -> dict[str, str]:
    problems: dict[str, str] = {}
    if began_at > now:
        problems["began_at"] = _("This time is still to come.")
    if ended_at is not None and ended_at > now:
        problems["ended_at"] = _("This time is still to come.")
    elif ended_at is not None and ended_at <= began_at:
        problems["ended_at"] = _("It must end after it began.")
    return problems
