"""Publishing a checklist file as a version that never changes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from yinuo.domains.checklists.models import TemplateVersion
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.planfile.checklists import load_checklist
from yinuo.platform.journal.versions import publish_version, read_file


def publish_checklist(
    *, actor: Actor, source: str, source_name: str, now: datetime
) -> TemplateVersion:
    """Publish a checklist file; the same content again gives the version it already is.

    Checklists already begun keep their version. Raises InvalidInput with every error of the file
    (line, column, what is wrong).
    """
    require(actor, Permission.CHECKLIST_PUBLISH)
    template = read_file(load_checklist, source, source_name, _("The checklist has errors."))
    return publish_version(
        TemplateVersion,
        template,
        subject="checklist_template",
        source=source,
        actor=actor,
        now=now,
    )
