"""Projects: create and edit."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from yinuo.domains.assets.models import Project
from yinuo.domains.assets.policies import visible_projects
from yinuo.domains.customers.callers import resolve_place
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import InvalidInput
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

NAME_LENGTH = 200


def create_project(
    *, actor: Actor, customer_id: object, name: str, accepted_on: date | None = None, now: datetime
) -> Project:
    """Add a project; `accepted_on` stays empty until the customer has accepted it."""
    place = resolve_place(actor, Permission.ASSET_WRITE, customer_id=customer_id)
    _check(name)
    with writing(actor=actor, now=now) as work:
        project = Project.objects.create(
            customer_id=place.customer_id, name=name.strip(), accepted_on=accepted_on
        )
        work.audit(
            "project.create", project, after={"name": name, "accepted_on": _text(accepted_on)}
        )
        return project


def edit_project(
    *,
    actor: Actor,
    project_id: object,
    version: int,
    name: str,
    accepted_on: date | None,
    now: datetime,
) -> Project:
    """Rename a project or set its acceptance. Raises Conflict when somebody was faster."""
    project = one_of(visible_projects(actor, Permission.ASSET_WRITE), project_id)
    _check(name)
    with writing(actor=actor, now=now) as work:
        before = {"name": project.name, "accepted_on": _text(project.accepted_on)}
        changes = {"name": name.strip(), "accepted_on": accepted_on}
        stored(project, expected_version=version, changes=changes)
        work.audit(
            "project.edit",
            project,
            before=before,
            after={"name": name, "accepted_on": _text(accepted_on)},
        )
        return project


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _check(name: str) -> None:
    if not name.strip() or len(name) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 200 characters.")})
