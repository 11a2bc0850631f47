"""Papers promised with a contract or project: promise, write, check, hand over, waive (SG-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.assets.policies import visible_projects
from yinuo.domains.contracts.models import Contract, Paper, PaperHandover
from yinuo.domains.contracts.paper_models import HANDED_BY
from yinuo.domains.contracts.papers import SIGNED, VERSION, visible_papers
from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.contracts.policies import visible_contracts
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.kernel.plan.papers import PaperStart
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.selectors import list_files
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import Work, stored, writing
from yinuo.platform.scoped import one_of

TITLE_LENGTH, KIND_LENGTH, NAME_LENGTH, REASON_LENGTH = 200, 60, 80, 200
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class PaperData:
    """What a person enters about a promised paper.

    Due `due_days` after `due_after` (`signed`, `finished`, `accepted`), or on `due_on`, or never.
    """

    title: str
    kind: str = ""
    due_after: str = ""
    due_days: int = 0
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverData:
    """How a paper reached the customer: to whom, when, `in_person`, `courier`, `mail` or
    `download`, and the signed receipt, if there is one."""

    taken_by: str
    handed_on: date
    how: str
    signed: Upload | None = None


def promise_plan_papers(contract: Contract, work: Work) -> None:
    """Promise what the contract's plan version promises, and it does not yet; part of its step.

    A renewal promises nothing anew: the papers were handed over with the contract before.
    """
    if contract.renews_id is not None:
        return
    papers = compiled_plan(contract.plan_version_id).plan.papers
    known = set(Paper.objects.filter(contract=contract).values_list("code", flat=True))
    new = [one for one in papers if one.code not in known]
    Paper.objects.bulk_create(
        Paper(
            customer_id=contract.customer_id,
            contract=contract,
            code=one.code,
            title_zh=one.title.zh,
            title_en=one.title.en,
            kind=one.kind,
            due_after=one.after.value if one.after else "",
            due_days=one.days,
        )
        for one in new
    )
    if new:
        work.audit("contract.promise_papers", contract, after={"codes": [one.code for one in new]})


def promise_paper(
    *,
    actor: Actor,
    contract_id: object = None,
    project_id: object = None,
    data: PaperData,
    now: datetime,
) -> Paper:
    """Promise a paper with a contract, a project or both of one customer (public ids).

    Raises InvalidInput, NotFound for what the actor may not change.
    """
    contract = project = None
    if contract_id:
        contract = one_of(visible_contracts(actor, Permission.CONTRACT_WRITE), contract_id)
    if project_id:
        projects = visible_projects(actor, Permission.CONTRACT_WRITE)
        if contract is not None:
            projects = projects.filter(customer_id=contract.customer_id)
        project = one_of(projects, project_id)
    thing: Any = contract or project
    if thing is None:
        raise InvalidInput({"contract_id": _("Name the contract or the project.")})
    _check(data)
    with writing(actor=actor, now=now) as work:
        paper = Paper.objects.create(
            customer_id=thing.customer_id, contract=contract, project=project, **_values(data)
        )
        work.audit("paper.promise", paper, after=_shown(paper))
        return paper


def edit_paper(
    *, actor: Actor, paper_id: object, version: int, data: PaperData, now: datetime
) -> Paper:
    """Change what was promised: title, kind, date. Raises Conflict when somebody was faster."""
    paper = _writable(actor, paper_id)
    _check(data)
    with writing(actor=actor, now=now) as work:
        before = _shown(paper)
        changes = _values(data)
        if data.title.strip() in (paper.title_zh, paper.title_en):
            # Both languages of a title that nobody changed stay.
            changes |= {"title_zh": paper.title_zh, "title_en": paper.title_en}
        stored(paper, expected_version=version, changes=changes)
        work.audit("paper.edit", paper, before=before, after=_shown(paper))
        return paper


def add_paper_version(*, actor: Actor, paper_id: object, upload: Upload, now: datetime) -> FileView:
    """Keep another version of a paper; it is unchecked and not handed over yet.

    Raises InvalidInput on `file`, IllegalMove for a paper that is not owed any more.
    """
    with writing(actor=actor, now=now):
        paper = _locked(actor, paper_id)
        kept = _kept(paper, VERSION, upload, actor, now)
        stored(paper, expected_version=None, changes={})
        return kept


def check_paper(*, actor: Actor, paper_id: object, version: int, now: datetime) -> Paper:
    """Find the newest version of a paper right. Raises IllegalMove without one, Conflict."""
    with writing(actor=actor, now=now) as work:
        paper = _locked(actor, paper_id)
        newest = _newest(paper)
        changes = {
            "checked_file": newest.public_id,
            "checked_at": now,
            "checked_by": actor.label,
        }
        stored(paper, expected_version=version, changes=changes)
        work.audit("paper.check", paper, after={"file": str(newest.public_id)})
        return paper


def hand_over_paper(
    *, actor: Actor, paper_id: object, version: int, data: HandoverData, now: datetime
) -> Paper:
    """Record that the newest version, found right before, was given to the customer.

    Raises IllegalMove while the newest version is unchecked, InvalidInput, Conflict.
    """
    _check_handover(data, now)
    with writing(actor=actor, now=now) as work:
        paper = _locked(actor, paper_id)
        newest = _newest(paper)
        if paper.checked_file != newest.public_id:
            raise IllegalMove(_("Have the newest version checked before it is handed over."))
        stored(paper, expected_version=version, changes={})
        signed = _kept(paper, SIGNED, data.signed, actor, now) if data.signed else None
        work.add(
            PaperHandover(
                paper=paper,
                file=newest.public_id,
                handed_on=data.handed_on,
                taken_by=data.taken_by.strip(),
                how=data.how,
                signed_file=signed.public_id if signed else None,
                recorded_at=now,
                recorded_by=actor.label,
            )
        )
        after = {"file": str(newest.public_id), "on": str(data.handed_on), "how": data.how}
        work.audit("paper.hand_over", paper, after=after)
        work.emit("paper.handed_over", paper)
        return paper


def waive_paper(
    *, actor: Actor, paper_id: object, version: int, reason: str, now: datetime
) -> Paper:
    """Record why a paper is not owed after all. Raises InvalidInput without reason, Conflict."""
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        paper = _locked(actor, paper_id)
        stored(paper, expected_version=version, changes={"waived_reason": reason.strip()})
        work.audit("paper.waive", paper, reason=reason)
        return paper


def _writable(actor: Actor, paper_id: object) -> Paper:
    return one_of(visible_papers(actor, Permission.CONTRACT_WRITE), paper_id)


def _locked(actor: Actor, paper_id: object) -> Paper:
    papers = visible_papers(actor, Permission.CONTRACT_WRITE)
    paper = one_of(papers.select_for_update(of=("self",)), paper_id)
    if paper.waived_reason:
        raise IllegalMove(_("This paper is not owed any more."))
    return paper


def _newest(paper: Paper) -> FileView:
    versions = list_files(owner_of(paper), purpose=VERSION)
    if not versions:
        raise IllegalMove(_("There is no version of this paper yet."))
    return versions[-1]


def _kept(paper: Paper, purpose: str, upload: Upload, actor: Actor, now: datetime) -> FileView:
    return store_file(
        owner=owner_of(paper),
        purpose=purpose,
        upload=upload,
        limits=staff_limits(),
        actor=actor,
        now=now,
    )


def _values(data: PaperData) -> dict[str, Any]:
    return {
        "title_zh": data.title.strip(),
        "title_en": data.title.strip(),
        "kind": data.kind.strip(),
        "due_after": data.due_after,
        "due_days": data.due_days,
        "due_on": data.due_on,
    }


def _shown(paper: Paper) -> dict[str, Any]:
    names = ("title_zh", "kind", "due_after", "due_days")
    due_on = paper.due_on.isoformat() if paper.due_on else None
    return {name: getattr(paper, name) for name in names} | {"due_on": due_on}


def _check(data: PaperData) -> None:
    problems: dict[str, str] = {}
    if not data.title.strip() or len(data.title) > TITLE_LENGTH:
        problems["title"] = _("Give a name of at most 200 characters.")
    if len(data.kind) > KIND_LENGTH:
        problems["kind"] = _("Use at most 60 characters.")
    if data.due_after and data.due_after not in set(PaperStart):
        problems["due_after"] = _("Choose the day its time runs from.")
    if not 0 <= data.due_days <= MOST_DAYS:
        problems["due_days"] = _("Give a number of days from 0 to 3650.")
    elif data.due_days and not data.due_after:
        problems["due_after"] = _("Choose the day its time runs from.")
    if data.due_on and data.due_after:
        problems["due_on"] = _("Give a day or a rule, not both.")
    if problems:
        raise InvalidInput(problems)


def _check_handover(data: HandoverData, now: datetime) -> None:
    problems: dict[str, str] = {}
    if not data.taken_by.strip() or len(data.taken_by) > NAME_LENGTH:
        problems["taken_by"] = _("Say in at most 80 characters who took it.")
    if data.how not in HANDED_BY:
        problems["how"] = _("Say how it was handed over.")
    # Tomorrow in UTC is today somewhere east of it.
    if data.handed_on > now.date() + timedelta(days=1):
        problems["handed_on"] = _("This day is still to come.")
    if problems:
        raise InvalidInput(problems)
