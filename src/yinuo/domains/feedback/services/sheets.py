"""Signed sheets become answers: what the customer ticked when he signed (LV-08)."""

from __future__ import annotations

from datetime import datetime, timedelta

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.feedback.answer_models import TakenUpTo
from yinuo.domains.feedback.answer_types import NewAnswer
from yinuo.domains.feedback.services.answers import case_of_sheet, keep_answer
from yinuo.domains.feedback.services.streams import claimed
from yinuo.domains.fieldwork.signed import SignedSheet, sheets_signed_after
from yinuo.domains.network.types import SYSTEM
from yinuo.kernel.plan.reports import Satisfaction, points_of
from yinuo.kernel.scoring import Source
from yinuo.platform.journal.work import Work, writing

SHEETS = "sheets"
AT_ONCE = 500
# A step commits within so long; a signature that is older is read once and for all.
SETTLED = timedelta(minutes=2)


def take_sheet_answers(*, now: datetime) -> int:
    """Take the answers of sheets signed since the last time; gives how many signatures were read.

    Reading a signature twice changes nothing. Nothing ticked is "no statement".
    """
    with writing(actor=SYSTEM, now=now) as work:
        stream = claimed(SHEETS)
        if stream is None:
            return 0
        sheets = sheets_signed_after(stream.last_id, AT_ONCE)
        for sheet in sheets:
            _take(sheet, work)
        is_full = len(sheets) == AT_ONCE
        settled = [one.number for one in sheets if is_full or one.recorded_at <= now - SETTLED]
        if settled:
            TakenUpTo.objects.filter(pk=SHEETS).update(last_id=settled[-1])
        return len(sheets) if is_full else 0


def _take(sheet: SignedSheet, work: Work) -> None:
    opinion = Satisfaction(sheet.satisfaction or Satisfaction.NO_STATEMENT)
    version = sheet.plan_version_id
    plan = compiled_plan(version).plan if version else None
    new = NewAnswer(
        source=Source.SHEET,
        source_id=sheet.public_id,
        satisfaction=opinion.value,
        points=points_of(plan, opinion),
        said_by=sheet.signer_name,
        opinion=sheet.suggestions,
        given_at=sheet.signed_at,
    )
    keep_answer(case_of_sheet(sheet), new, work=work)
