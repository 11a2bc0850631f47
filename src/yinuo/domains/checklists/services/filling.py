"""Filling a checklist in, line by line; sent twice, a line is saved once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.checklists.models import Checklist, Line
from yinuo.domains.checklists.saying import said_of
from yinuo.domains.checklists.services.locking import (
    bind_to_sheet,
    checklist_to_fill,
    require_open,
)
from yinuo.domains.checklists.templates import template_of
from yinuo.domains.checklists.types import LineAnswer
from yinuo.domains.fieldwork.strokes import checked_strokes
from yinuo.domains.network.types import Actor
from yinuo.kernel.checklists import (
    AnswerError,
    Item,
    ItemKind,
    asked_items,
    checked_answer,
    standing_of,
)
from yinuo.platform.errors import Conflict, InvalidInput
from yinuo.platform.files.selectors import list_files
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import Work, writing

NOTE_LENGTH = 1_000
PHOTO = "checklist_photo"


def answer_lines(
    *, actor: Actor, checklist_id: object, lines: Sequence[LineAnswer], now: datetime
) -> Checklist:
    """Save lines, all or none; what stands there already in the same words stays as it is.

    Raises InvalidInput per line (`host_zones`), for an item that is not asked too; Conflict when
    somebody else changed that line meanwhile; IllegalMove when checklist or sheet are closed.
    """
    with writing(actor=actor, now=now) as work:
        checklist, order = checklist_to_fill(actor, checklist_id)
        require_open(checklist)
        present = {line.item: line for line in checklist.lines.all()}
        _refuse(_problems(checklist, present, lines))
        changed = [_save(checklist, present, line, actor=actor, work=work) for line in lines]
        if any(changed):
            Checklist.objects.filter(pk=checklist.pk).update(version=checklist.version + 1)
            checklist.version += 1
            bind_to_sheet(checklist, order, work)
        return checklist


def add_photo(
    *, actor: Actor, checklist_id: object, item: str, upload: Upload, now: datetime
) -> FileView:
    """Keep a photograph and add it to the line that asks for it; the same one again is kept once.

    Raises InvalidInput on `file` for what is no picture, and like answer_lines.
    """
    with writing(actor=actor, now=now) as work:
        checklist, _order = checklist_to_fill(actor, checklist_id)
        require_open(checklist)
        known = template_of(checklist.template_id).item(item)
        if known is None or known.kind is not ItemKind.PHOTO:
            raise InvalidInput({"file": _("This line takes no photograph.")})
        kept = store_file(
            owner=owner_of(checklist),
            purpose=PHOTO,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
        )
        if not kept.is_picture:
            raise InvalidInput({"file": _("Send a picture.")})
        line = checklist.lines.filter(item=item).first()
        photos = [*(line.answer or [] if line else []), str(kept.public_id)]
        answer = LineAnswer(item, list(dict.fromkeys(photos)), line.note if line else "")
        # A row just stored is written with the step: the answer may name it all the same.
        _save_checked(checklist, line, answer, known, actor=actor, work=work)
        return kept


def _save_checked(
    checklist: Checklist,
    line: Line | None,
    given: LineAnswer,
    item: Item,
    *,
    actor: Actor,
    work: Work,
) -> None:
    try:
        checked_answer(item, given.answer)
    except AnswerError as error:
        raise InvalidInput({"file": said_of(error)}) from error
    present = {line.item: line} if line else {}
    if _save(checklist, present, given, actor=actor, work=work):
        Checklist.objects.filter(pk=checklist.pk).update(version=checklist.version + 1)
        checklist.version += 1
        bind_to_sheet(checklist, checklist.sheet, work)


def _problems(
    checklist: Checklist, present: dict[str, Line], given: Sequence[LineAnswer]
) -> dict[str, str]:
    """What is wrong with the lines given, by item; what is asked depends on all of them."""
    template = template_of(checklist.template_id)
    answers: dict[str, Any] = {item: line.answer for item, line in present.items()}
    problems: dict[str, str] = {}
    for line in given:
        try:
            answers[line.item] = _checked(checklist, template.item(line.item), line)
        except AnswerError as error:
            problems[line.item] = said_of(error)
        except InvalidInput as error:
            problems[line.item] = str(next(iter(error.fields.values())))
    items = asked_items(template, checklist.asset_class, answers, checklist.only)
    asked = {one.code for one in items}
    for line in given:
        if line.answer is not None and line.item not in asked:
            problems.setdefault(line.item, _("This line is not asked here."))
    return problems


def _checked(checklist: Checklist, item: Item | None, given: LineAnswer) -> Any:
    """The answer in its one form; AnswerError or InvalidInput when it is none."""
    if item is None:
        raise InvalidInput({given.item: _("This checklist has no such line.")})
    if len(given.note) > NOTE_LENGTH:
        message = _("Use at most %(most)d characters.") % {"most": NOTE_LENGTH}
        raise InvalidInput({given.item: message})
    if given.answer is None:
        return None
    answer = checked_answer(item, given.answer)
    if item.kind is ItemKind.SIGNATURE:
        checked_strokes(answer["strokes"])
    if item.kind is ItemKind.PHOTO:
        kept = {str(one.public_id) for one in list_files(owner_of(checklist), purpose=PHOTO)}
        if set(answer) - kept:
            raise AnswerError("photo")
    return answer


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        raise InvalidInput(problems)


def _save(
    checklist: Checklist,
    present: dict[str, Line],
    given: LineAnswer,
    *,
    actor: Actor,
    work: Work,
) -> bool:
    """Write one checked line; False when it stood there already."""
    item = template_of(checklist.template_id).item(given.item)
    assert item is not None
    answer = None if given.answer is None else checked_answer(item, given.answer)
    note = given.note.strip()
    line = present.get(given.item)
    if (line.answer, line.note) == (answer, note) if line else (answer is None and not note):
        return False
    version = line.version if line else 0
    if given.version is not None and given.version != version:
        raise Conflict(details={"item": given.item, "yours": given.version, "present": version})
    if line is None:
        line = Line(checklist=checklist, item=given.item, version=0)
    line.version, line.answer, line.note = version + 1, answer, note
    line.answered_at, line.answered_by = work.now, actor.label
    line.save()
    present[given.item] = line
    # Only what it says, never its words: they stay erasable.
    after = {"item": given.item, "standing": standing_of(item, answer).value}
    work.audit("checklist.answer", checklist, after=after)
    return True
