"""Which plan versions new contracts may take: from a day on, until they are withdrawn."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import PlanVersion, PlanWithdrawal
from yinuo.domains.contracts.policies import visible_plan_versions
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of

REASON_LENGTH = 400


def offered_version(
    actor: Actor, plan_version_id: object, today: date, *, held: int | None = None
) -> PlanVersion:
    """A version that a contract may take today; the one it holds already (`held`) always.

    Raises NotFound, InvalidInput when it is withdrawn or not offered yet.
    """
    version = one_of(visible_plan_versions(actor), plan_version_id)
    if version.pk == held:
        return version
    if PlanWithdrawal.objects.filter(plan_version=version).exists():
        said = _("This version was withdrawn; new contracts cannot take it.")
        raise InvalidInput({"plan_version_id": said})
    if version.offered_from is not None and version.offered_from > today:
        said = _("This version is offered from %(day)s on.") % {"day": version.offered_from}
        raise InvalidInput({"plan_version_id": said})
    return version


def withdraw_version(
    *, actor: Actor, plan_version_id: object, reason: str, now: datetime
) -> PlanVersion:
    """Let no new contract take a version. Contracts and running cases on it keep it.

    Raises InvalidInput without a reason, IllegalMove when it is withdrawn already.
    """
    require(actor, Permission.PLAN_PUBLISH)
    version = one_of(visible_plan_versions(actor), plan_version_id)
    if not reason.strip() or len(reason.strip()) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Say why, in at most 400 characters.")})
    with writing(actor=actor, now=now) as work:
        if PlanWithdrawal.objects.filter(plan_version=version).exists():
            raise IllegalMove(_("This version was withdrawn already."))
        try:
            PlanWithdrawal.objects.create(
                plan_version=version, reason=reason.strip(), at=now, by=actor.label
            )
        except IntegrityError as error:
            # Somebody else withdrew it at the same moment.
            raise IllegalMove(_("This version was withdrawn already.")) from error
        work.audit("plan.withdraw", version, after={"number": version.number}, reason=reason)
        work.emit("plan.withdrawn", version)
        return version
