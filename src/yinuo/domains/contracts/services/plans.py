"""Publishing a plan file as a version that never changes."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from yinuo.domains.contracts.models import PlanVersion
from yinuo.domains.network.holders import is_there_another
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile import check_text, load_plan
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.versions import publish_version, read_file


def publish_first(*, actor: Actor, source: str, source_name: str, now: datetime) -> PlanVersion:
    """Publish the first version of a plan without a draft, while a company is being set up.

    As soon as a second person may approve plans, a new text is drafted and approved, the first
    version too. The text of a published version gives that version. Raises InvalidInput.
    """
    require(actor, Permission.PLAN_PUBLISH)
    checked = check_text(source, source_name)
    if (plan := checked.plan) is not None:
        versions = PlanVersion.objects.filter(code=plan.code)
        if not versions.filter(content_hash=plan.hash).exists():
            if versions.exists():
                said = _("A further version is drafted and approved by a second person.")
                raise InvalidInput({"source": said})
            if needs_second_person(actor):
                said = _("Go on as a draft: a second person approves it before it is published.")
                raise InvalidInput({"source": said})
    return publish_plan(actor=actor, source=source, source_name=source_name, now=now)


def needs_second_person(actor: Actor) -> bool:
    """Whether somebody else may approve plans, so that nobody publishes his own text alone."""
    return is_there_another(Permission.PLAN_APPROVE, actor.user_id)


def publish_plan(
    *,
    actor: Actor,
    source: str,
    source_name: str,
    now: datetime,
    offered_from: date | None = None,
) -> PlanVersion:
    """Publish a plan file; the same content again gives the version it already is.

    Whether a second person must approve it is asked before (`publish_first`, `publish_draft`).
    New contracts may take it from `offered_from` on, at once when that is None.

    Raises InvalidInput with every error of the file (line, column, what is wrong).
    """
    require(actor, Permission.PLAN_PUBLISH)
    plan = read_file(load_plan, source, source_name, _("The plan file has errors."))
    return publish_version(
        PlanVersion,
        plan,
        subject="plan",
        source=source,
        actor=actor,
        now=now,
        offered_from=offered_from,
    )
