"""Finishing a checklist: what failed becomes work, what is open waits for the next sheet (B-42)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from yinuo.domains.checklists.contents import hash_of_checklist
from yinuo.domains.checklists.models import Checklist, FollowUp
from yinuo.domains.checklists.saying import answer_words, in_language, work_words
from yinuo.domains.checklists.services.locking import (
    bind_to_sheet,
    checklist_to_fill,
    require_open,
)
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.checklists.types import ChecklistState
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import Actor
from yinuo.domains.requests.intake import Resolved, check, resolve
from yinuo.domains.requests.questions import plan_of_version
from yinuo.domains.requests.services.opening import begin
from yinuo.domains.requests.types import Intake
from yinuo.kernel.checklists import Item, Standing, asked_items, standing_of
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.journal.work import Work, writing

REASON_LENGTH = 1_000


def finish_checklist(
    *,
    actor: Actor,
    checklist_id: object,
    version: int,
    unfinished_reason: str = "",
    now: datetime,
) -> Checklist:
    """Close the lines and open follow-up work for each failed one, once.

    Required lines without an answer need a reason; they wait for the next sheet of the same work.
    Raises Conflict for a stale version, InvalidInput for a missing reason, IllegalMove when it is
    finished already or no line is answered.
    """
    with writing(actor=actor, now=now) as work:
        checklist, order = checklist_to_fill(actor, checklist_id, version)
        require_open(checklist)
        answers = {line.item: line.answer for line in checklist.lines.all()}
        template = template_of(checklist.template_id)
        items = asked_items(template, checklist.asset_class, answers, checklist.only)
        if not any(answers.get(item.code) is not None for item in items):
            raise IllegalMove(_("No line of this checklist is filled in yet."))
        left = [item.code for item in items if item.required and answers.get(item.code) is None]
        reason = _reason(unfinished_reason, left)
        checklist.unfinished, checklist.unfinished_reason = left, reason
        checklist.state = ChecklistState.FINISHED.value
        checklist.finished_at, checklist.finished_by = now, actor.label
        checklist.version += 1
        checklist.content_hash = hash_of_checklist(checklist)
        checklist.save()
        failed = [
            item for item in items if standing_of(item, answers.get(item.code)) is Standing.FAILED
        ]
        opened = _open_follow_ups(checklist, order, failed, answers, actor=actor, work=work)
        after = {"unfinished": left, "follow_ups": opened, "hash": checklist.content_hash}
        work.audit("checklist.finish", checklist, after=after, reason=reason)
        bind_to_sheet(checklist, order, work)
        return checklist


def reopen_checklist(
    *, actor: Actor, checklist_id: object, version: int, now: datetime
) -> Checklist:
    """Let lines be changed again, until the customer signs; work already opened stays.

    Raises Conflict for a stale version, IllegalMove when it is open, the sheet is signed, or its
    open lines were taken over to another sheet.
    """
    with writing(actor=actor, now=now) as work:
        checklist, order = checklist_to_fill(actor, checklist_id, version)
        if checklist.state == ChecklistState.OPEN:
            raise IllegalMove(details={"state": checklist.state})
        if Checklist.objects.filter(carried_from=checklist).exists():
            raise IllegalMove(_("Its open lines were taken over to the next sheet."))
        checklist.state = ChecklistState.OPEN.value
        checklist.finished_at, checklist.finished_by = None, ""
        checklist.unfinished, checklist.unfinished_reason = [], ""
        checklist.version += 1
        checklist.save()
        work.audit("checklist.reopen", checklist)
        bind_to_sheet(checklist, order, work)
        return checklist


def _reason(given: str, left: list[str]) -> str:
    reason = given.strip()
    if len(reason) > REASON_LENGTH:
        message = _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}
        raise InvalidInput({"unfinished_reason": message})
    if left and not reason:
        raise InvalidInput({"unfinished_reason": _("Say why lines stay open.")})
    return reason if left else ""


def _open_follow_ups(
    checklist: Checklist,
    order: Any,
    failed: list[Item],
    answers: dict[str, Any],
    *,
    actor: Actor,
    work: Work,
) -> list[str]:
    """One request for each failed line that has none yet; gives the numbers of the new ones."""
    there = set(checklist.follow_ups.values_list("item", flat=True))
    opened: list[str] = []
    for item in failed:
        if item.code in there:
            continue
        intake = _intake(checklist, order, item, answers[item.code])
        # Whoever carries the visit out opens what it showed, as part of finishing it.
        resolved = _fitting(resolve(actor, intake, Permission.REQUEST_WORK, work.now), order)
        check(resolved)
        request = begin(resolved, actor=actor, work=work)
        row = FollowUp(
            checklist=checklist,
            item=item.code,
            request_id=request.public_id,
            opened_at=work.now,
        )
        work.add(row)
        opened.append(request.number)
    return opened


def _fitting(resolved: Resolved, order: Any) -> Resolved:
    """With level and category of the inspected request where the plan has such, else its mildest
    level: nobody is asked, and whoever takes it up may raise it."""
    plan = plan_of_version(resolved.cover.plan_version_id)
    levels = [one.code for one in plan.levels] if plan else []
    categories = [one.code for one in plan.categories] if plan else []
    level, category = order.request.level, order.request.category
    mildest = levels[-1] if levels else ""
    intake = replace(
        resolved.intake,
        level=level if level in levels else mildest,
        category=category if category in categories else "",
    )
    return replace(resolved, intake=intake)


def _intake(checklist: Checklist, order: Any, item: Item, answer: Any) -> Intake:
    """What the inspection showed, in the words of the template, in Chinese and in English."""
    request = order.request
    template = template_of(checklist.template_id)
    said: list[str] = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(
                f"{work_words(item)} · {in_language(item.title)}: {answer_words(item, answer)} "
                f"({in_language(template.title)} {order.number})"
            )
    return Intake(
        customer_id=request.customer.public_id,
        symptom="\n".join(dict.fromkeys(said)),
        channel=request.channel,
        site_id=request.site.public_id if request.site else None,
        contact_id=request.contact.public_id if request.contact else None,
        asset_id=request.asset.public_id if request.asset else None,
        caller_name=order.contact_name[:80],
        caller_phone=order.contact_phone[:40],
    )
