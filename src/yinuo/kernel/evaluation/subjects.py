"""What is known about one subject at an instant: its facts, its attributes and what it links to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import UTC, datetime
from typing import Any

from yinuo.kernel.facts import Fact, in_order

LINKS = (
    "request",
    "work_order",
    "visit",
    "order",
    "asset",
    "site",
    "customer",
    "project",
    "contract",
    "unit",
)


class Subject:
    """One subject's facts in order, by kind, and its newest attribute values.

    ``changes`` holds every value of a watched attribute with the instant it began to hold.
    """

    __slots__ = ("attributes", "by_kind", "changes", "facts", "kind", "linked", "name", "world")

    def __init__(self, name: str, facts: list[Fact], watched: frozenset[str]) -> None:
        self.name = name
        self.kind = name.partition(":")[0]
        self.facts = facts
        self.by_kind: dict[str, list[Fact]] = {}
        self.attributes: dict[str, Any] = {}
        self.changes: list[tuple[datetime, str, Any]] = []
        self.linked: tuple[Subject, ...] = ()
        self.world: World | None = None
        by_kind, attributes = self.by_kind, self.attributes
        for fact in facts:
            same = by_kind.get(fact.kind)
            if same is None:
                by_kind[fact.kind] = [fact]
            else:
                same.append(fact)
            if fact.attrs:
                for key, value in fact.attrs.items():
                    if key in watched and attributes.get(key, value) != value:
                        self.changes.append((fact.occurred_at, key, value))
                    attributes[key] = value

    def lookup(self, name: str) -> Any:
        """The newest value on the subject itself, else on what it links to, nearest first."""
        value = self.attributes.get(name)
        if value is not None:
            return value
        for one in self.linked:
            value = one.attributes.get(name)
            if value is not None:
                return value
        return None

    def first(self, kind: str) -> Fact | None:
        """The earliest fact of a kind."""
        found = self.by_kind.get(kind)
        return found[0] if found else None

    def owner(self, kind: str) -> Subject | None:
        """The subject itself when of that kind, else the nearest linked one of that kind."""
        if kind in ("subject", self.kind):
            return self
        return next((one for one in self.linked if one.kind == kind), None)


def as_at(subject: Subject, instant: datetime) -> Subject:
    """The subject with the watched attributes as they were at an instant, unchanging."""
    if not subject.changes and not any(one.changes for one in subject.linked):
        return subject
    then = copy(subject)
    then.attributes = dict(subject.attributes)
    for name in {change[1] for change in subject.changes}:
        then.attributes[name] = values_at(subject, name, instant)
    then.changes = []
    then.linked = tuple(as_at(one, instant) if one.changes else one for one in subject.linked)
    return then


def values_at(subject: Subject, name: str, instant: datetime) -> Any:
    """An attribute's value at an instant; the first value stated holds from the beginning."""
    value = None
    for fact in subject.facts:
        stated = fact.attrs.get(name)
        if stated is not None and (value is None or fact.occurred_at <= instant):
            value = stated
    return value


def _in_utc(fact: Fact) -> Fact:
    """The same fact with UTC instants: arithmetic on other zones' datetimes follows wall clocks."""
    if fact.occurred_at.tzinfo is None or fact.received_at.tzinfo is None:
        raise ValueError(f"{fact.subject} {fact.kind}: an instant needs a zone")
    return fact._replace(
        occurred_at=fact.occurred_at.astimezone(UTC), received_at=fact.received_at.astimezone(UTC)
    )


class World:
    """All subjects at one instant, without facts that occurred later or were not known yet."""

    def __init__(
        self,
        facts: Iterable[Fact],
        as_of: datetime,
        watched: frozenset[str],
        known_at: datetime | None = None,
    ) -> None:
        self.as_of = as_of
        self.future: list[Fact] = []
        self._watched = watched
        grouped: dict[str, list[Fact]] = {}
        for given in facts:
            fact = given
            if fact.occurred_at.tzinfo is not UTC or fact.received_at.tzinfo is not UTC:
                fact = _in_utc(given)
            if fact.occurred_at > as_of:
                self.future.append(fact)
                continue
            if known_at is not None and fact.received_at > known_at:
                continue
            same = grouped.get(fact.subject)
            if same is None:
                grouped[fact.subject] = [fact]
            else:
                same.append(fact)
        self.grouped = grouped
        self._linked: dict[str, Subject] = {}
        self._by_kind: dict[str, set[str]] | None = None
        self.derived: list[Fact] = []
        contracts = sorted(name for name in grouped if name.startswith("contract:"))
        self.only_contract = contracts[0] if len(contracts) == 1 else ""

    def names(self) -> list[str]:
        """All subjects with a fact, in a stable order."""
        return sorted(self.grouped)

    def subject(self, name: str) -> Subject:
        """One subject with what it links to."""
        subject = self._linked.get(name)
        if subject is None:
            subject = Subject(name, in_order(self.grouped.get(name, [])), self._watched)
            if subject.kind in _KEPT:
                self._linked[name] = subject
        if subject.world is None:
            # One that another subject linked to is known already, but not yet what it links to.
            subject.world = self
            subject.linked = self._links_of(subject)
        return subject

    def with_facts_of(self, kinds: tuple[str, ...]) -> list[str]:
        """Names of subjects with a fact of one of these kinds, in a stable order."""
        if self._by_kind is None:
            index: dict[str, set[str]] = {}
            for name, facts in self.grouped.items():
                for fact in facts:
                    index.setdefault(fact.kind, set()).add(name)
            self._by_kind = index
        found = {name for kind in kinds for name in self._by_kind.get(kind, ())}
        return sorted(found)

    def with_fact(self, fact: Fact) -> Subject:
        """The fact's subject once more, the fact added: a change that followed from a rule."""
        self.derived.append(fact)
        self._linked.pop(fact.subject, None)
        self.grouped.setdefault(fact.subject, []).append(fact)
        return self.subject(fact.subject)

    def _links_of(self, subject: Subject) -> tuple[Subject, ...]:
        if _LINK_NAMES.isdisjoint(subject.attributes):
            return self._default_links(subject)
        found: list[Subject] = []
        seen = {subject.name}
        queue = [subject]
        while queue:
            here = queue.pop(0)
            for target in _targets(here.attributes, here.kind):
                if target in seen or len(seen) > _MOST_LINKS:
                    continue
                seen.add(target)
                if target in self.grouped:
                    other = self._linked.get(target)
                    if other is None:
                        other = Subject(target, in_order(self.grouped[target]), self._watched)
                        self._linked[target] = other
                    found.append(other)
                    queue.append(other)
        if any(one.kind == "contract" for one in found):
            return tuple(found)
        return (*found, *self._default_links(subject))

    def _default_links(self, subject: Subject) -> tuple[Subject, ...]:
        """The only contract of all facts, for subjects that name none."""
        if not self.only_contract or subject.kind == "contract":
            return ()
        return (self.subject(self.only_contract),)


_LINK_NAMES = frozenset(LINKS)
_KEPT = frozenset({"contract", "asset", "site", "customer", "unit", "project", "order", "depot"})
_MOST_LINKS = 32


def _targets(attributes: Mapping[str, Any], kind: str) -> list[str]:
    names = []
    for link in LINKS:
        value = attributes.get(link)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value and link != kind:
            names.append(value if value.startswith(link + ":") else f"{link}:{value}")
    return names
