"""The fields of a request's report: from its plan, checked, filled, and as they were issued."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.contracts.plans import compiled_plan
from yinuo.domains.obligations.types import FactView, ObligationView
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.report_types import Answers, ReportChoice, ReportEntry, ReportHead
from yinuo.domains.requests.types import Said
from yinuo.kernel.plan.anchors import facts_in
from yinuo.kernel.plan.clauses import Deadline
from yinuo.kernel.plan.plan import Plan, ReportForm
from yinuo.kernel.plan.reports import report_form
from yinuo.platform.errors import InvalidInput

TEXT_LENGTH = 20_000
# Where the facts of a request hold what a field asks for: the field, then words of a fact.
_FROM_WORDS = {
    "cause": (("restored", "cause_text"), ("responded", "analysis")),
    "method": (("restored", "method"), ("remote_ended", "text"), ("advised_by_phone", "text")),
}


def plan_of(request: Request) -> Plan | None:
    """The plan a request is served by, None without a contract."""
    return compiled_plan(request.plan_version_id).plan if request.plan_version_id else None


def form_of(request: Request) -> ReportForm:
    """The form its plan gives the request's report."""
    return report_form(plan_of(request))


def entries_of(form: ReportForm, answers: Mapping[str, str]) -> tuple[ReportEntry, ...]:
    """The fields of a form with the values given."""
    return tuple(
        ReportEntry(
            field.code,
            field.title.zh,
            field.title.en,
            field.needed,
            tuple(ReportChoice(one.code, one.title.zh, one.title.en) for one in field.choices),
            answers.get(field.code, ""),
        )
        for field in form.fields
    )


def checked_answers(form: ReportForm, given: Answers) -> dict[str, str]:
    """The values of a draft, blanks dropped; a draft may be incomplete.

    Raises InvalidInput for a field the form lacks, a value it does not offer, a text too long.
    """
    fields = {field.code: field for field in form.fields}
    problems: dict[str, str] = {}
    kept: dict[str, str] = {}
    for code, value in given.items():
        field = fields.get(code)
        if field is None:
            problems[code] = _("The report of this plan has no such field.")
        elif field.choices and value and value not in {one.code for one in field.choices}:
            problems[code] = _("Choose one of those offered.")
        elif len(value) > TEXT_LENGTH or "\x00" in value:
            problems[code] = _("Use at most 20,000 characters.")
        elif value.strip():
            kept[code] = value.strip()
    if problems:
        raise InvalidInput(problems)
    return kept


def require_complete(form: ReportForm, answers: Mapping[str, str]) -> None:
    """Raise InvalidInput naming each field that the report waits for."""
    missing = [field for field in form.fields if field.needed and not answers.get(field.code)]
    if missing:
        raise InvalidInput({field.code: _("The report needs this.") for field in missing})


def first_answers(
    request: Request, facts: Sequence[FactView], said: Mapping[Any, Said], form: ReportForm
) -> dict[str, str]:
    """What is known already: the symptom, the cause and the method as they were recorded."""
    codes = {field.code for field in form.fields if not field.choices}
    known = {"symptom": request.symptom}
    for code, sources in _FROM_WORDS.items():
        found = (_said(facts, said, kind, name) for kind, name in sources)
        known[code] = next((text for text in found if text), "")
    return {code: text for code, text in known.items() if code in codes and text}


def _said(facts: Sequence[FactView], said: Mapping[Any, Said], kind: str, name: str) -> str:
    """The newest words of that name at a fact of that kind."""
    for fact in reversed(facts):
        words = said.get(fact.public_id)
        if fact.kind == kind and words is not None and words.words.get(name):
            return words.words[name]
    return ""


def promise_ended_by(
    kind: str, plan: Plan | None, obligations: Sequence[ObligationView]
) -> ObligationView | None:
    """The obligation that a fact of this kind fulfils, a void one never."""
    if plan is None:
        return None
    found = [one for one in obligations if _ends_by(kind, plan, one.clause)]
    return next((one for one in found if one.state != "void"), None)


def _ends_by(kind: str, plan: Plan, clause_id: str) -> bool:
    clause = plan.clause(clause_id)
    return isinstance(clause, Deadline) and any(
        kind in anchor.kinds for anchor in facts_in(clause.end)
    )


# -- as issued -------------------------------------------------------------------------------


def form_as_issued(form: ReportForm) -> dict[str, Any]:
    """The form as the row of an issued report keeps it."""
    return {
        "title": {"zh": form.title.zh, "en": form.title.en},
        "fields": [
            {
                "code": field.code,
                "title": {"zh": field.title.zh, "en": field.title.en},
                "needed": field.needed,
                "choices": [
                    {"code": one.code, "zh": one.title.zh, "en": one.title.en}
                    for one in field.choices
                ],
            }
            for field in form.fields
        ],
    }


def entries_as_issued(
    form: Mapping[str, Any], answers: Mapping[str, str]
) -> tuple[ReportEntry, ...]:
    """The entries of an issued report, from its own row alone."""
    return tuple(
        ReportEntry(
            field["code"],
            field["title"]["zh"],
            field["title"]["en"],
            field["needed"],
            tuple(ReportChoice(one["code"], one["zh"], one["en"]) for one in field["choices"]),
            answers.get(field["code"], ""),
        )
        for field in form["fields"]
    )


# What names the contact, and the key of its hash in the head of an issued report.
PERSONAL = ("contact", "phone")
PERSON = "person"


def head_as_issued(head: ReportHead, person: str) -> dict[str, Any]:
    """The head as the row of an issued report keeps it: of the contact only a hash (R59)."""
    kept = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name in ReportHead.__slots__
        if name not in (*PERSONAL, "is_erased")
        for value in [getattr(head, name)]
    }
    return kept | {PERSON: person}


def person_of(head: ReportHead) -> dict[str, str]:
    """What is kept apart from an issued report: the contact's name and number."""
    return {name: getattr(head, name) for name in PERSONAL}


def head_from(kept: Mapping[str, Any], person: Mapping[str, str] | None) -> ReportHead:
    """The head of an issued report; `person` is what was kept apart, None once it was erased."""
    restored = kept["restored_at"]
    names = person if person is not None else {}
    return ReportHead(
        **{
            **{name: value for name, value in kept.items() if name != PERSON},
            **{name: names.get(name, "") for name in PERSONAL},
            "is_erased": bool(kept[PERSON]) and person is None,
            "reported_at": datetime.fromisoformat(kept["reported_at"]),
            "restored_at": datetime.fromisoformat(restored) if restored else None,
        }
    )


def digest_of(*, form: Any, head: Any, answers: Any, edition: int) -> str:
    """The hash that names what was issued, whatever the order of keys."""
    text = json.dumps([form, head, answers, edition], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
