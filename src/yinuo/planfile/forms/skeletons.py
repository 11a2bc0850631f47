"""The least that may stand at a place: what a person finds who adds something."""

from __future__ import annotations

from typing import Any

from yinuo.planfile.amounts import AmountShape, ClockTime, UnitShape
from yinuo.planfile.anchors import AnchorShape
from yinuo.planfile.calendars import (
    DateShape,
    DayOfYear,
    DayShape,
    HolidaysShape,
    LocalTime,
    WeekShape,
)
from yinuo.planfile.clauses import KINDS, ClauseShape, Sets
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.forms.making import Declared, Maker
from yinuo.planfile.ladders import STEP, LadderShape
from yinuo.planfile.limits import LimitShape
from yinuo.planfile.periods import PeriodShape
from yinuo.planfile.remedies import BaseShape, BoundShape, FractionShape, PercentShape
from yinuo.planfile.shapes import (
    Bilingual,
    Known,
    ListOf,
    Number,
    Record,
    Shape,
    Word,
    YesNo,
)

_PLAIN: dict[type[Shape], Any] = {
    AmountShape: "1 hour",
    UnitShape: "hours",
    ClockTime: "18:00",
    LimitShape: "4 hours",
    AnchorShape: "reported",
    PercentShape: "1 %",
    FractionShape: "1/30",
    BoundShape: 99,
    BaseShape: "contract.total",
    PeriodShape: "month",
    WeekShape: {"mon-fri": "09:00-18:00"},
    HolidaysShape: "china",
    DayOfYear: "01-01",
    DayShape: "01-01",
    DateShape: "2027-01-01",
    LocalTime: "2027-01-01T09:00",
    YesNo: "yes",
    Number: 1,
}


def skeleton(shape: Shape, declared: Declared) -> Any:
    """A document that stands for the shape with as little as it allows.

    Where only a person can know the word, `…` stands: the check names the place at once.
    """
    if isinstance(shape, Record):
        return _record(shape, declared)
    if isinstance(shape, ClauseShape):
        return _record(KINDS["deadline"], declared)
    if isinstance(shape, ListOf):
        return [skeleton(shape.item, declared)]
    if isinstance(shape, LadderShape):
        ladders = declared.of("ladders")
        return ladders[0].code if ladders else [skeleton(STEP, declared)]
    if isinstance(shape, ConditionShape | Sets):
        return _condition(declared)
    if isinstance(shape, Bilingual):
        return {"zh": "名称", "en": "Name"}
    if isinstance(shape, Word | Known):
        options = Maker(declared).options(shape)
        return options[0].code if options else "…"
    return _single(shape, declared)


def _single(shape: Shape, declared: Declared) -> Any:
    for known, value in _PLAIN.items():
        if isinstance(shape, known):
            return value
    item = getattr(shape, "item", None)
    if isinstance(item, Shape):
        return {"name": skeleton(item, declared)}
    return skeleton(shape.inner[0], declared) if shape.inner else "…"


def _record(record: Record, declared: Declared) -> dict[str, Any]:
    names = [name for name, key in record.keys.items() if key.required]
    if record.one_of and not set(names) & set(record.one_of):
        names.append(record.one_of[0])
    if record is STEP:
        names = ["at_percent", *names]
    made = {name: skeleton(record.keys[name].shape, declared) for name in names}
    if not made:
        made = {name: skeleton(record.keys[name].shape, declared) for name in _first(record)}
    if "percent" in made and isinstance(getattr(record.keys.get("of"), "shape", None), BaseShape):
        made["of"] = skeleton(record.keys["of"].shape, declared)
    if "code" in made or "id" in made:
        made |= {name: f"new_{name}" for name in ("code", "id") if name in made}
    return made


def _first(record: Record) -> list[str]:
    return list(record.keys)[:1]


def _condition(declared: Declared) -> dict[str, Any]:
    for name in declared.selectors:
        values = declared.of(f"selector:{name}")
        if values:
            return {name: values[0].code}
    return {"level": "…"}
