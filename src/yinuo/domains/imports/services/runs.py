"""What a person does with an import: send a file, start the writing, call it off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.policies import require_may_import, visible_runs
from yinuo.domains.imports.services.queue import enqueue
from yinuo.domains.imports.types import ENDED, Kind, State
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import unit_for
from yinuo.domains.network.types import Actor
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.names import extension_of, safe_name
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import Upload, owner_of
from yinuo.platform.journal.work import writing
from yinuo.platform.scoped import one_of
from yinuo.platform.tabular import TableRefused
from yinuo.platform.tabular.guards import check_workbook

PURPOSE = "import"
EXTENSIONS = ("xlsx", "csv", "txt")


def upload_import(
    *, actor: Actor, kind: Kind, unit_id: object, upload: Upload, now: datetime
) -> ImportRun:
    """Take in a file and have every row tried; nothing of it is written yet.

    `unit_id` is the unit that new customers go to when their row names none. Raises InvalidInput
    on `file` for one that is empty, too large, of another kind, or a bomb; Forbidden, NotFound.
    """
    require_may_import(actor, kind)
    unit = unit_for(actor, unit_id, Permission.IMPORT_RUN)
    name = safe_name(upload.name or "")
    _check_file(name, upload)
    assert actor.user_id is not None
    with writing(actor=actor, now=now) as work:
        run = ImportRun.objects.create(
            kind=kind,
            unit=unit,
            user_id=actor.user_id,
            person=actor.label[:80],
            language=get_language() or "zh-hans",
            file_name=name,
            created_at=now,
            moved_at=now,
        )
        store_file(
            owner=owner_of(run),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )
        work.audit("import.upload", run, after={"kind": kind, "file": name})
        enqueue(run)
        return run


def start_import(*, actor: Actor, run_id: object, now: datetime) -> ImportRun:
    """Write the rows that the dry run found new or changed, with the rights of this actor.

    Raises IllegalMove unless the run has been checked and has rows to write; Forbidden, NotFound.
    """
    with writing(actor=actor, now=now) as work:
        run = _held(actor, run_id)
        require_may_import(actor, Kind(run.kind))
        if run.state != State.CHECKED or run.new + run.changed == 0:
            raise IllegalMove(_("This import cannot be started: it has nothing to write now."))
        run.state, run.moved_at, run.restarts = State.WRITING, now, 0
        run.user_id, run.person = actor.user_id or run.user_id, actor.label[:80]
        run.language = get_language() or run.language
        run.save()
        work.audit("import.start", run, after={"new": run.new, "changed": run.changed})
        enqueue(run)
        return run


def cancel_import(*, actor: Actor, run_id: object, now: datetime) -> ImportRun:
    """Call a run off; rows written before stay. Raises IllegalMove when it has ended, NotFound."""
    with writing(actor=actor, now=now) as work:
        run = _held(actor, run_id)
        if run.state in ENDED:
            raise IllegalMove(_("This import has ended already."))
        before = run.state
        run.state, run.ended_at = State.CANCELLED, now
        run.save()
        work.audit("import.cancel", run, before={"state": before}, after={"written": run.written})
        return run


def _held(actor: Actor, run_id: object) -> ImportRun:
    """The visible run, its row locked: the worker moves it on in steps of a second or two."""
    assert transaction.get_connection().in_atomic_block
    return one_of(visible_runs(actor).select_for_update(of=("self",)), run_id)


def _check_file(name: str, upload: Upload) -> None:
    """Refuse at once what need not wait for the worker."""
    if extension_of(name) not in EXTENSIONS:
        message = _("Send an XLSX or CSV file. Save an old XLS file as XLSX first.")
        raise InvalidInput({"file": message})
    if (upload.size or 0) > staff_limits().file_bytes or extension_of(name) != "xlsx":
        return
    try:
        check_workbook(upload)
    except TableRefused as error:
        raise InvalidInput({"file": str(error.message)}) from error
