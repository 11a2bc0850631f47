"""The whole plan as written: its heading, words, selectors, parameters and clauses."""

from __future__ import annotations

import re
from typing import Any

from yinuo.kernel.money import MoneyRounding
from yinuo.kernel.plan.clauses import Clause
from yinuo.kernel.plan.periods import Season
from yinuo.kernel.plan.plan import Choice, Parameter, Plan, Selector
from yinuo.kernel.plan.selectors import SelectorType
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.words import SELECTORS, SUBJECT_KINDS
from yinuo.planfile.amounts import UnitShape
from yinuo.planfile.calendars import CalendarsShape, SeasonsShape
from yinuo.planfile.clauses import ClauseShape
from yinuo.planfile.emergency import EMERGENCY
from yinuo.planfile.guiding import QUESTIONS, SHEETS
from yinuo.planfile.heading import CALENDAR
from yinuo.planfile.ladders import LadderShape
from yinuo.planfile.limits import FACT
from yinuo.planfile.messages import Message
from yinuo.planfile.packages import PACKAGES
from yinuo.planfile.papers import PAPERS
from yinuo.planfile.periods import PERIOD
from yinuo.planfile.reports import reports_record, satisfaction_record
from yinuo.planfile.shapes import (
    CODE,
    BadValueError,
    Bilingual,
    Key,
    ListOf,
    Number,
    Reader,
    Record,
    Schema,
    Shape,
    String,
    Values,
    Word,
    YesNo,
    scalar,
)
from yinuo.planfile.source import Node

TABLES = (
    "facts",
    "subjects",
    "promises",
    "reasons",
    "roles",
    "channels",
    "bases",
    "grants",
    "covered",
)
SELECTOR_TYPES = [one.value for one in SelectorType]


class NamedShape(Shape):
    """A mapping from names to records of one shape."""

    def __init__(self, item: Shape, what: str) -> None:
        self.item, self._what = item, what

    @property
    def inner(self) -> tuple[Shape, ...]:
        return (self.item,)

    def read(self, node: Node, reader: Reader) -> dict[str, Any]:
        if node.kind != "map":
            raise BadValueError(
                node, "wrong_type", Message("{what} are written as name: value", what=self._what)
            )
        made: dict[str, Any] = {}
        for key, value in node.pairs:
            try:
                name = String("a name such as on_site_hours", CODE).read(key, reader)
                made[name] = self.item.read(value, reader)
            except BadValueError as bad:
                reader.error(
                    bad.node,
                    bad.code,
                    Message(
                        "{what} {key}: {bad}", what=self._what, key=key.text[:40], bad=bad.message
                    ),
                )
        return made

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.item.schema()}


_CODE = String("a code such as serious", CODE)
_VALUE = String(
    "one word such as serious or P1",
    re.compile(r"[A-Za-z0-9\u4e00-\u9fff][\w.+\u4e00-\u9fff-]{0,59}"),
)
_CHOICE = Record(
    "a value",
    {
        "code": Key(_VALUE, "the word used in facts and conditions", True),
        "title": Key(Bilingual(), "its name"),
        "definition": Key(Bilingual(), "what it means"),
    },
    lambda values, reader: Choice(
        values.get("code"),
        values.get("title", Text(values.get("code"), values.get("code"))),
        values.get("definition", EMPTY),
    ),
    short=lambda node, reader: Choice(_VALUE.read(node, reader), Text(node.text, node.text)),
)
_SUBJECT = Word("subjects", "a subject kind", SUBJECT_KINDS)
_SELECTOR = Record(
    "a selector",
    {
        "title": Key(Bilingual(), "its name"),
        "type": Key(Word("types", "a selector type", SELECTOR_TYPES, False), "left out: list"),
        "values": Key(ListOf(_CHOICE), "the values of a list, the worst level first"),
        "calendar": Key(String("a calendar"), "for within and working_day: the calendar asked"),
        "clause": Key(String("a clause"), "for covered: the warranty clause asked"),
        "facts": Key(ListOf(FACT, or_one=True), "for done: whether any of these facts occurred"),
        "of": Key(_SUBJECT, "for done: on which subject; left out: contract"),
        "in": Key(PERIOD, "for done: since this period began, or in so long before the case"),
    },
)
_PARAMETER = Record(
    "a parameter",
    {
        "unit": Key(UnitShape(), "its unit of time; left out: a number or an amount of money"),
        "default": Key(Number("0"), "used when the contract sets none"),
        "lowest": Key(Number("0"), "contracts may not go below"),
        "highest": Key(Number("0"), "contracts may not go above"),
        "title": Key(Bilingual(), "its name"),
    },
)
_MONEY = Record(
    "rounding of money",
    {
        "places": Key(Number("0", "4", whole=True), "decimals; left out: 2"),
        "mode": Key(
            Word("modes", "a rounding", [one.value for one in MoneyRounding], False),
            "left out: half_up",
        ),
    },
)
_WORDS = Record(
    "further words",
    {name: Key(NamedShape(Bilingual(), name), f"further {name}") for name in TABLES},
)
REPORTS = reports_record(_CHOICE)
SATISFACTION = satisfaction_record()
CLAUSES = Key(ListOf(ClauseShape()), "the promises", True)
PLAN_KEYS: dict[str, Key] = {
    "plan": Key(_CODE, "code of the plan", True),
    "title": Key(Bilingual(), "its name", True),
    "version": Key(String(), "label of this version", True),
    "description": Key(Bilingual(), "what it is for"),
    "currency": Key(
        Word(
            "currencies",
            "a currency",
            ("CNY", "HKD", "MOP", "TWD", "USD", "EUR", "GBP", "JPY", "SGD"),
            False,
        ),
        "left out: CNY",
    ),
    "timezone": Key(String("a time zone"), "left out: Asia/Shanghai"),
    "money": Key(_MONEY, "how amounts are rounded"),
    "words": Key(_WORDS, "words of this trade besides the built-in ones"),
    "seasons": Key(SeasonsShape(), "parts of the year"),
    "calendars": Key(CalendarsShape(), "which time counts"),
    "selectors": Key(NamedShape(_SELECTOR, "selectors"), "what cases are told apart by"),
    "parameters": Key(NamedShape(_PARAMETER, "parameters"), "figures each contract may set"),
    "calendar": Key(CALENDAR, "calendar of clauses that name none; left out: always"),
    "ladders": Key(NamedShape(LadderShape(), "ladders"), "escalation ladders by name"),
    "escalation": Key(LadderShape(), "ladder of clauses that name none"),
    "reports": Key(REPORTS, "the fields of reports; left out: the usual ones"),
    "satisfaction": Key(SATISFACTION, "points of a customer's opinion; left out: 5, 3, 2, 1, -5"),
    "questions": Key(QUESTIONS, "what is asked when a case is taken in"),
    "sheets": Key(SHEETS, "how visits end; left out: the usual results"),
    "packages": Key(PACKAGES, "service packages that contracts may buy"),
    "emergency": Key(EMERGENCY, "the chain of emergency plans"),
    "papers": Key(PAPERS, "what is handed over on paper"),
    "shows_penalties": Key(YesNo(), "customers see approved penalties online; left out: no"),
    "offers_faults": Key(YesNo(), "units are asked for faults at once; left out: no"),
    "clauses": CLAUSES,
}
PLAN = Record("a plan", PLAN_KEYS)
RECORDS = (_CHOICE, _SELECTOR, _PARAMETER, _MONEY, _WORDS)


class PlanReader:
    """Reads the keys of a plan in the order in which they need each other."""

    def __init__(self, reader: Reader, root: Node) -> None:
        self.reader = reader
        self.root = root
        self.values = Values(root)

    def read(self) -> Plan | None:
        """The plan, or None when it has errors (they are on the reader)."""
        if self.root.kind != "map":
            self.reader.error(self.root, "wrong_type", "a plan is written as key: value lines")
            return None
        self._check_keys()
        for key in PLAN_KEYS:
            self._read_key(key)
        clauses = self._clauses()
        if any(problem.severity == "error" for problem in self.reader.problems):
            return None
        return self._plan(clauses)

    def _check_keys(self) -> None:
        from yinuo.planfile.problems import did_you_mean

        for key, value in self.root.pairs:
            if key.text not in PLAN_KEYS:
                hint = did_you_mean(key.text, PLAN_KEYS)
                self.reader.error(
                    key,
                    "unknown_key",
                    Message('a plan has no key "{key}"{hint}', key=key.text[:40], hint=hint),
                )
            self.values.nodes[key.text] = value
        for name, known in PLAN_KEYS.items():
            if known.required and name not in self.values.nodes:
                self.reader.error(
                    self.root, "missing_key", Message('a plan needs the key "{name}"', name=name)
                )

    def _read_key(self, key: str) -> None:
        node = self.values.nodes.get(key)
        if node is not None and key != "clauses":
            try:
                self.values.values[key] = PLAN_KEYS[key].shape.read(node, self.reader)
            except BadValueError as bad:
                self.reader.error(
                    bad.node, bad.code, Message("{key}: {bad}", key=key, bad=bad.message)
                )
        after = getattr(self, f"_after_{key}", None)
        if after is not None:
            after()

    # -- what later keys need to know -------------------------------------------------------

    def _after_timezone(self) -> None:
        from yinuo.planfile.calendars import _check_zone

        zone = self.values.get("timezone", "Asia/Shanghai")
        try:
            _check_zone(zone, self.values.at("timezone"))
        except BadValueError as bad:
            self.reader.error(bad.node, bad.code, bad.message)
            zone = "Asia/Shanghai"
        self.reader.shared["timezone"] = zone

    def _after_words(self) -> None:
        words: Values | None = self.values.get("words")
        for table in TABLES:
            declared = words.get(table, {}) if words is not None else {}
            self.reader.declare(table, set(declared))

    def _after_seasons(self) -> None:
        seasons: dict[str, Season] = self.values.get("seasons", {})
        self.reader.shared["seasons"] = seasons
        self.reader.declare("seasons", set(seasons))

    def _after_calendars(self) -> None:
        node = self.values.nodes.get("calendars")
        names = {key.text for key, _ in node.pairs} if node is not None else set()
        self.reader.declare("calendars", names)

    def _after_selectors(self) -> None:
        node = self.values.nodes.get("selectors")
        if node is not None and node.kind == "map":
            self.reader.declare("selectors", {key.text for key, _ in node.pairs})
            for key, value in node.pairs:
                self.reader.nodes[f"selector:{key.text}"] = value
        for name, values in self.values.get("selectors", {}).items():
            kind = SelectorType(values.get("type", "list"))
            self._check_selector(kind, values)
            self.reader.shared[f"selector:{name}"] = kind
            if kind is SelectorType.LIST:
                self.reader.declare(
                    f"selector:{name}", {one.code for one in values.get("values", ())}
                )
            elif kind is not SelectorType.NUMBER:
                self.reader.declare(f"selector:{name}", {"yes", "no"})

    def _check_selector(self, kind: SelectorType, values: Values) -> None:
        calendars = self.reader.words.get("calendars", set())
        codes = [one.code for one in values.get("values", ())]
        if kind is SelectorType.LIST and not codes:
            self.reader.error(values.node, "missing_key", 'a list selector needs the key "values"')
        if kind is not SelectorType.LIST and codes:
            self.reader.error(values.at("values"), "one_of", "only a list selector has values")
        if len(set(codes)) != len(codes):
            self.reader.error(values.at("values"), "duplicate_id", "a value is written twice")
        asks_calendar = kind in (SelectorType.WITHIN, SelectorType.WORKING_DAY)
        if asks_calendar and values.get("calendar") not in calendars:
            message = "name one of the plan's calendars"
            self.reader.error(values.at("calendar"), "unknown_name", message)
        for key in ("facts", "in") if kind is SelectorType.DONE else ():
            if key not in values:
                message = Message('a selector of the type done needs the key "{key}"', key=key)
                self.reader.error(values.node, "missing_key", message)

    def _after_parameters(self) -> None:
        parameters = self.values.get("parameters", {})
        self.reader.declare("parameters", set(parameters))
        for name, values in parameters.items():
            self.reader.shared[f"parameter:{name}"] = values.get("unit")
            low, high, default = (values.get(key) for key in ("lowest", "highest", "default"))
            if default is not None and default <= 0:
                self.reader.error(
                    values.at("default"), "zero_limit", "a default must be more than 0"
                )
            bounds = [one for one in (low, default, high) if one is not None]
            if bounds != sorted(bounds):
                self.reader.error(
                    values.node, "bad_range", "lowest, default and highest are out of order"
                )

    def _after_ladders(self) -> None:
        self.reader.shared["ladders"] = self.values.get("ladders", {})

    def _after_escalation(self) -> None:
        self.reader.shared["ladder"] = self.values.get("escalation", ())

    def _after_calendar(self) -> None:
        self.reader.shared["calendar"] = self.values.get("calendar")

    # -- clauses ----------------------------------------------------------------------------

    def _clauses(self) -> tuple[Clause, ...]:
        node = self.values.nodes.get("clauses")
        if node is None:
            return ()
        if node.kind != "list" or not node.items:
            self.reader.error(
                node, "empty_list", "clauses: a list with at least one clause is expected"
            )
            return ()
        shape = ClauseShape()
        made: dict[str, Clause] = {}
        for item in node.items:
            clause = self._clause(shape, item)
            if clause is None:
                continue
            if clause.id in made:
                id_node = item.get("id") or item
                self.reader.error(
                    id_node,
                    "duplicate_id",
                    Message('the id "{clause}" is used twice', clause=clause.id),
                )
            made[clause.id] = clause
            self.reader.nodes[clause.id] = item
        return tuple(made.values())

    def _clause(self, shape: ClauseShape, item: Node) -> Clause | None:
        id_node = item.get("id") if item.kind == "map" else None
        self.reader.clause = id_node.text[:64] if id_node is not None else ""
        try:
            return shape.read(item, self.reader)
        except BadValueError as bad:
            self.reader.error(bad.node, bad.code, bad.message)
            return None
        finally:
            self.reader.clause = ""

    def _plan(self, clauses: tuple[Clause, ...]) -> Plan:
        get = self.values.get
        money: Values | None = get("money")
        words: Values | None = get("words")
        return Plan(
            code=get("plan"),
            title=get("title"),
            version=scalar(self.values.nodes["version"], "a text"),
            currency=get("currency", "CNY"),
            zone=self.reader.shared["timezone"],
            clauses=clauses,
            selectors=tuple(_selector(name, one) for name, one in get("selectors", {}).items()),
            parameters=tuple(_parameter(name, one) for name, one in get("parameters", {}).items()),
            calendars=get("calendars", ()),
            seasons=tuple(get("seasons", {}).values()),
            money_places=int(money.get("places", 2)) if money else 2,
            money_rounding=MoneyRounding(money.get("mode", "half_up") if money else "half_up"),
            words=tuple(
                (table, code, text)
                for table in TABLES
                if words is not None
                for code, text in words.get(table, {}).items()
            ),
            reports=get("reports", ()),
            satisfaction=get("satisfaction", ()),
            questions=get("questions", ()),
            results=get("sheets", ()),
            papers=get("papers", ()),
            packages=get("packages", ()),
            emergency=get("emergency"),
            shows_penalties=bool(get("shows_penalties", False)),
            offers_faults=bool(get("offers_faults", False)),
            positions={clause.id: number for number, clause in enumerate(clauses)},
        )


def _selector(name: str, values: Values) -> Selector:
    title = values.get("title", SELECTORS.get(name, Text(name, name)))
    return Selector(
        name,
        SelectorType(values.get("type", "list")),
        title,
        values.get("values", ()),
        values.get("calendar"),
        values.get("clause"),
        values.get("facts", ()),
        values.get("of", "contract"),
        values.get("in"),
    )


def _parameter(name: str, values: Values) -> Parameter:
    return Parameter(
        name,
        values.get("unit"),
        values.get("default"),
        values.get("title", Text(name, name)),
        values.get("lowest"),
        values.get("highest"),
    )


SUBJECTS = tuple(SUBJECT_KINDS)
