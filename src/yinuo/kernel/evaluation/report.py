"""An evaluation as plain data (for JSON): stable names, instants as ISO text in the plan's zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from yinuo.kernel.evaluation.evaluation import Evaluation
from yinuo.kernel.evaluation.explanation import duration_words
from yinuo.kernel.evaluation.ladder import Rung
from yinuo.kernel.evaluation.results import Cover, Obligation, RemedyLine, Span
from yinuo.kernel.plan.text import Text


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """Everything an evaluation says. Money is text (exact), lateness whole seconds."""
    plan = evaluation.evaluator.plan
    zone = evaluation.evaluator.zone
    return {
        "plan": {"code": plan.code, "version": plan.version, "hash": plan.hash},
        "as_of": iso(evaluation.as_of, zone),
        "obligations": [
            _obligation(evaluation, one, zone) for one in _listed(evaluation.obligations)
        ],
        "remedies": [_remedy(one, plan.currency, zone) for one in evaluation.remedies],
        "totals": [
            {
                "contract": contract,
                "paid_by": payer,
                "amount": str(amount),
                "currency": plan.currency,
            }
            for (contract, payer), amount in sorted(evaluation.totals.items())
        ],
        "at_risk": [_remedy(one, plan.currency, zone) for one in evaluation.at_risk],
        "covers": [_cover(one, zone) for one in evaluation.covers],
        "changes": [
            {"subject": one.subject, "at": iso(one.occurred_at, zone), "sets": dict(one.attrs)}
            for one in evaluation.derived
        ],
        "notes": [
            {"subject": one.subject, "code": one.code, **text(one.text)} for one in evaluation.notes
        ],
    }


def _listed(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Subject by subject, each with the promise due first leading."""
    last = datetime.max.replace(tzinfo=UTC)
    return sorted(obligations, key=lambda one: (one.subject, one.due_at or last, one.clause_id))


def iso(instant: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 with the zone's offset; None stays None."""
    return None if instant is None else instant.astimezone(zone).isoformat()


def text(words: Text) -> dict[str, str]:
    """Both languages."""
    return {"zh": words.zh, "en": words.en}


def _span(span: Span | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if span is None:
        return None
    begins, ends = iso(span.begins_at, zone), iso(span.ends_at, zone)
    return {"name": span.name, "begins_at": begins, "ends_at": ends}


def _obligation(evaluation: Evaluation, one: Obligation, zone: ZoneInfo) -> dict[str, Any]:
    clause = evaluation.evaluator.plan.clause(one.clause_id)
    lines = evaluation.explain(one)
    data: dict[str, Any] = {
        "clause": one.clause_id,
        "number": clause.number,
        "promise": one.promise,
        "owed_by": clause.owed_by,
        "subject": one.subject,
        "period": _span(one.period, zone),
        "sequence": one.number,
        "state": str(one.state),
        "started_at": iso(one.started_at, zone),
        "due_at": iso(one.due_at, zone),
        "ended_at": iso(one.ended_at, zone),
        "late_seconds": _seconds(one.late_by),
        "late_by": text(duration_words(one.late_by)) if one.late_by else None,
        "pauses": [_pause(pause, zone) for pause in one.pauses],
        "provisional": one.provisional,
        "next_at": iso(one.next_at, zone),
        "next_step": one.next_step,
        "value": None,
        "missing": list(one.missing),
        "escalations": _rungs(evaluation.escalations(one), zone),
        "explanation": {"zh": [line.zh for line in lines], "en": [line.en for line in lines]},
    }
    if one.value is not None:
        data["value"] = {
            "figure": str(one.value.figure),
            "target": one.value.target,
            "unit": one.value.unit,
            "cases": one.value.cases,
        }
    return data


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())


def _pause(pause: Any, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "reason": pause.reason,
        "began_at": iso(pause.began_at, zone),
        "ended_at": iso(pause.ended_at, zone),
        "counted": pause.counted,
        "why": pause.why,
    }


def _rungs(rungs: Iterable[Rung], zone: ZoneInfo) -> list[dict[str, Any]]:
    return [
        {"at": iso(one.at, zone), "step": one.step, "notify": list(one.notify), "by": list(one.by)}
        for one in rungs
    ]


def _remedy(one: RemedyLine, currency: str, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "clause": one.clause_id,
        "remedy": one.remedy_id,
        "subject": one.subject,
        "period": _span(one.period, zone),
        "contract": one.contract,
        "kind": one.kind,
        "paid_by": one.paid_by,
        "base": _money(one.base),
        "base_name": one.base_name,
        "computation": text(one.computation),
        "amount": _money(one.amount),
        "currency": currency if one.kind in ("penalty", "bonus") else None,
        "reduced_by": _money(one.reduced_by) if one.reduced_by else None,
        "extension": {"of": one.extends, "by": one.extension} if one.extends else None,
        "text": text(one.text),
        "incurred_at": iso(one.incurred_at, zone),
        "final": one.final,
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _cover(one: Cover, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "clause": one.clause_id,
        "subject": one.subject,
        "covers": list(one.covers),
        "begins_at": iso(one.begins_at, zone),
        "ends_at": iso(one.ends_at, zone),
        "covered": one.is_covered,
        "reason": text(one.reason),
        "rung": one.rung,
        "support_until": iso(one.support_until, zone),
    }
