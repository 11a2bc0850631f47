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
    *,
    actor: Actor,
    customer_id: object,
    name: str,
    accepted_on: date | None = None,
    finished_on: date | None = None,
    now: datetime,
) -> Project:
    """Add a project; `accepted_on` stays empty until the customer has accepted it.

    `finished_on` is the day the work was done, from which papers may be due.
    """
    place = resolve_place(actor, Permission.ASSET_WRITE, customer_id=customer_id)
    _check(name)
    with writing(actor=actor, now=now) as work:
        project = Project.objects.create(
            customer_id=place.customer_id,
            name=name.strip(),
            accepted_on=accepted_on,
            finished_on=finished_on,
        )
        work.audit("project.create", project, after=_shown(project))
        return project


def edit_project(
    *,
    actor: Actor,
    project_id: object,
    version: int,
    name: str,
    accepted_on: date | None,
    finished_on: date | None,
    now: datetime,
) -> Project:
    """Rename a project, set its acceptance and end. Raises Conflict when somebody was faster."""
    project = one_of(visible_projects(actor, Permission.ASSET_WRITE), project_id)
    _check(name)
    with writing(actor=actor, now=now) as work:
        before = _shown(project)
        changes = {
            "name": name.strip(),
            "accepted_on": accepted_on,
            "finished_on": finished_on,
        }
        stored(project, expected_version=version, changes=changes)
        work.audit("project.edit", project, before=before, after=_shown(project))
        return project


def _shown(project: Project) -> dict[str, str | None]:
    days = {name: getattr(project, name) for name in ("accepted_on", "finished_on")}
    return {"name": project.name} | {
        name: day.isoformat() if day else None for name, day in days.items()
    }


def _check(name: str) -> None:
    if not name.strip() or len(name) > NAME_LENGTH:
        raise InvalidInput({"name": _("Give a name of at most 200 characters.")})
