"""`reports:` and `satisfaction:` of a plan: what is written down and asked after a repair."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from yinuo.kernel.plan.plan import Choice, ReportField, ReportForm
from yinuo.kernel.plan.reports import PROBLEM, Satisfaction
from yinuo.kernel.plan.text import Text
from yinuo.planfile.messages import Message
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    String,
    Values,
    YesNo,
)

MOST_FIELDS = 40


def reports_record(choice: Record) -> Record:
    """The section `reports`; `choice` is how the plan writes one value of a list."""
    field = Record(
        "a report field",
        {
            "code": Key(
                String("a code such as cause", CODE), "its name in files and answers", True
            ),
            "title": Key(Bilingual(), "its name on the report", True),
            "values": Key(ListOf(choice), "the values to choose from; left out: free text"),
            "needed": Key(YesNo(), "whether the report waits for it; left out: no"),
        },
        _field,
    )
    form = Record(
        "a report",
        {
            "title": Key(Bilingual(), "its title; left out: problem report"),
            "fields": Key(ListOf(field), "its fields in the order printed", True),
        },
        _form,
    )
    return Record(
        "the reports",
        {PROBLEM: Key(form, "the report the customer gets after the repair")},
        lambda values, reader: tuple(values.values.values()),
    )


def satisfaction_record() -> Record:
    """The section `satisfaction`: points by opinion."""
    return Record(
        "the points of opinions",
        {
            one.value: Key(Number("-1000", "1000"), f"points of {one.value.replace('_', ' ')}")
            for one in Satisfaction
        },
        _points,
    )


def _field(values: Values, reader: Reader) -> ReportField:
    choices: tuple[Choice, ...] = values.get("values", ())
    codes = [one.code for one in choices]
    if len(set(codes)) != len(codes):
        raise BadValueError(values.at("values"), "duplicate_id", "a value is written twice")
    return ReportField(
        values.get("code"), values.get("title"), values.get("needed", False), choices
    )


def _form(values: Values, reader: Reader) -> ReportForm:
    fields: tuple[ReportField, ...] = values.get("fields")
    codes = [one.code for one in fields]
    if len(set(codes)) != len(codes):
        raise BadValueError(values.at("fields"), "duplicate_id", "a field is written twice")
    if len(fields) > MOST_FIELDS:
        raise BadValueError(
            values.at("fields"),
            "bad_value",
            Message("a report has at most {most} fields", most=MOST_FIELDS),
        )
    return ReportForm(PROBLEM, values.get("title", Text("问题报告", "Problem report")), fields)


def _points(values: Values, reader: Reader) -> tuple[tuple[str, Decimal], ...]:
    given: dict[str, Any] = values.values
    return tuple((one.value, given[one.value]) for one in Satisfaction if one.value in given)
