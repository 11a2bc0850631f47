"""From a warranty clause and an asset's facts to the term, and whether it holds at an instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from yinuo.kernel.evaluation.clocks import Clock, number_of
from yinuo.kernel.evaluation.conditions import holds_for
from yinuo.kernel.evaluation.downtime import outages, seconds_down
from yinuo.kernel.evaluation.duties import facts_about
from yinuo.kernel.evaluation.results import Cover, Span
from yinuo.kernel.evaluation.starts import compile_anchor, matching_facts
from yinuo.kernel.evaluation.subjects import Subject, World
from yinuo.kernel.plan.anchors import FactAnchor
from yinuo.kernel.plan.clauses import Warranty
from yinuo.kernel.plan.limits import Amount
from yinuo.kernel.plan.text import EMPTY, Text

if TYPE_CHECKING:
    from yinuo.kernel.evaluation.evaluator import Evaluator

_BACK = {"repair_failed": 1, "not_repairable": 1, "not_replaceable": 2}
_OUTAGE = FactAnchor(("outage_began", "stopped"))
_OUTAGE_END = FactAnchor(("outage_ended", "restored"))


class Term(NamedTuple):
    """A term, half-open, and what set its end."""

    begins_at: datetime
    ends_at: datetime
    why: Text


class Entitlement:
    """One warranty clause on one asset."""

    def __init__(
        self, evaluator: Evaluator, clause: Warranty, world: World, asset: Subject
    ) -> None:
        self.evaluator = evaluator
        self.clause = clause
        self.world = world
        self.asset = asset
        self.clock = Clock(None, evaluator.zone)

    def term(self, extra: tuple[Amount, ...] = ()) -> Term | None:
        """When cover begins and ends; None while the start is not known."""
        clause = self.clause
        finder = compile_anchor(clause.start, self.evaluator.zone, self.evaluator.clauses_of)
        begun = finder(self.asset, {}, None)
        if begun is None:
            return None
        begins = begun[0]
        ends = self._natural_end(begins)
        if ends is None:
            return None
        why = Text("期满", "end of the term")
        if clause.extended_by_downtime:
            down = self._downtime(begins, ends)
            ends = ends + down
        for amount in extra:
            ends = self._moved(ends, amount)
        ends, why = self._after_repair(begins, ends, why)
        return self._shortened(begins, ends, why)

    def _natural_end(self, begins: datetime) -> datetime | None:
        clause = self.clause
        if clause.register_within is not None:
            until = self._moved(begins, clause.register_within)
            registered = self.asset.first("warranty_registered")
            in_time = registered is not None and registered.occurred_at <= until
            if not in_time and self.world.as_of > until:
                short = clause.unregistered_term
                return begins if short is None else self._moved(begins, short)
        due = self.evaluator.compiler.compile(clause.term, self.clock)
        ends = due(self.asset, begins, ())
        if clause.no_later_than is None or ends is None:
            return ends
        anchor = compile_anchor(
            clause.no_later_than, self.evaluator.zone, self.evaluator.clauses_of
        )
        latest = anchor(self.asset, {}, None)
        return ends if latest is None else min(ends, latest[0])

    def _moved(self, at: datetime, amount: Amount) -> datetime:
        return self.clock.move(at, amount.number, amount.unit, ())

    def _downtime(self, begins: datetime, ends: datetime) -> timedelta:
        began = facts_about(self.world, self.asset, _OUTAGE, self.evaluator)
        ended = facts_about(self.world, self.asset, _OUTAGE_END, self.evaluator)
        until = min(ends, self.world.as_of)
        found = outages(began, ended, Span(begins, max(until, begins)))
        return timedelta(microseconds=int(seconds_down(found, (), self.clock) * 1_000_000))

    def _after_repair(self, begins: datetime, ends: datetime, why: Text) -> tuple[datetime, Text]:
        rule = self.clause.after_repair
        if rule.rule == "rest" or rule.own is None:
            return ends, why
        repairs = facts_about(
            self.world, self.asset, FactAnchor(("repaired", "part_fitted")), self.evaluator
        )
        for at, _ in repairs:
            if at < begins:
                continue
            own = self._moved(at, rule.own)
            if rule.rule == "own" or own > ends:
                ends, why = own, Text("修理后另计的期限", "the term of its own after the repair")
        return ends, why

    def _shortened(self, begins: datetime, ends: datetime, why: Text) -> Term:
        for usage in self.clause.usage:
            passed = self._passed(usage.attribute, usage.up_to)
            if passed is not None and passed < ends:
                ends = passed
                why = Text(
                    f"{usage.attribute} 超过 {usage.up_to}",
                    f"{usage.attribute} passed {usage.up_to}",
                )
        for anchor in self.clause.voided_by:
            found = facts_about(self.world, self.asset, anchor, self.evaluator)
            at = next((at for at, _ in found if at >= begins), None)
            if at is not None and at < ends:
                name = self.evaluator.wording.anchor(anchor)
                ends, why = at, Text(f"失效：{name.zh}", f"void: {name.en}")
        if not self.clause.transferable:
            moves = [fact.occurred_at for fact in self.asset.by_kind.get("transferred", ())]
            at = next((at for at in moves if at >= begins), None)
            if at is not None and at < ends:
                ends, why = at, Text("过户后失效", "void after the change of hands")
        return Term(begins, max(ends, begins), why)

    def _passed(self, attribute: str, up_to: object) -> datetime | None:
        from decimal import Decimal

        assert isinstance(up_to, Decimal)
        for at, fact in matching_facts(FactAnchor(("metered",)), self.asset, self.evaluator.zone):
            value = number_of(fact.attrs.get(attribute)) if fact is not None else None
            if value is not None and value > up_to:
                return at
        return None

    # -- one case ---------------------------------------------------------------------------

    def cover(self, case: Subject, at: datetime, extra: tuple[Amount, ...] = ()) -> Cover:
        """Whether the clause covers a case (a request, or the asset itself) at an instant."""
        term = self.term(extra)
        clause = self.clause
        if term is None:
            reason = Text("起算日未知", "the start is not known")
            return Cover(
                clause.id, case.name, clause.covers, None, None, False, reason, code="unknown_start"
            )
        refused_as, refused = self._refused(case)
        code = refused_as
        inside = term.begins_at <= at < term.ends_at
        covered = inside and not refused
        reason = refused or self._reason(term, inside, at)
        if not inside or not code:
            code = "within" if inside else "not_begun" if at < term.begins_at else "over"
        rung = self._rung(case) if covered else ("charge" if clause.rungs else "")
        return Cover(
            clause.id,
            case.name,
            clause.covers,
            term.begins_at,
            term.ends_at,
            covered,
            reason,
            rung,
            self._support_until(),
            code,
            refused_as,
        )

    def _reason(self, term: Term, inside: bool, at: datetime) -> Text:
        if inside:
            return Text("在保", "within the term")
        if at < term.begins_at:
            return Text("尚未起算", "the term has not begun")
        after = self.clause.after_term
        more = Text(f";{after.zh}", f"; {after.en}") if after else EMPTY
        return Text(f"已过保：{term.why.zh}{more.zh}", f"the term is over: {term.why.en}{more.en}")

    def _refused(self, case: Subject) -> tuple[str, Text]:
        for condition in self.clause.excludes:
            if holds_for(condition, case):
                words = self.evaluator.wording.condition(condition)
                return "excluded", Text(f"除外：{words.zh}", f"excluded: {words.en}")
        if self.clause.factory_parts_only and not self._is_factory_part(case):
            text = Text("不属于出厂配置", "not in the factory configuration")
            return "not_factory", text
        return "", EMPTY

    def _is_factory_part(self, case: Subject) -> bool:
        stated = case.lookup("factory_part")
        if stated is not None:
            return str(stated) in ("True", "yes", "true")
        serial = case.attributes.get("component_serial")
        serials = self.asset.attributes.get("factory_serials")
        if serial is None or not isinstance(serials, list | tuple):
            return True
        return serial in serials

    def _rung(self, case: Subject) -> str:
        if not self.clause.rungs:
            return ""
        tried = max((_BACK[kind] for kind in case.by_kind if kind in _BACK), default=0)
        return self.clause.rungs[min(tried, len(self.clause.rungs) - 1)]

    def _support_until(self) -> datetime | None:
        ended = self.asset.first("production_ended")
        if self.clause.support_until is None or ended is None:
            return None
        return self._moved(ended.occurred_at, self.clause.support_until)
