"""Where a request stands by its facts: which of them count, and what a further one would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.domains.obligations.types import FactView, NewFact
from yinuo.domains.requests.models import Request
from yinuo.kernel.facts import WITHDRAWN, Fact, superseded_names
from yinuo.kernel.plan.words import FACT_KINDS
from yinuo.kernel.states import RequestState, Standing, replay
from yinuo.platform.errors import IllegalMove

# A fact of the first kind cannot have occurred before every one of the second, where there is one.
AFTER = {"arrived": "departed", "remote_ended": "remote_started"}


def counting(facts: Iterable[FactView]) -> list[FactView]:
    """The facts that count, in the order of their occurrence: no superseded or withdrawn ones.

    `facts` come the latest first, as selectors give them: at equal instants the one recorded first
    counts first.
    """
    given = list(facts)
    gone = _gone(given)
    kept = [fact for fact in given if fact.kind != WITHDRAWN and fact.public_id not in gone]
    return kept[::-1]


def corrected(facts: Iterable[FactView]) -> dict[UUID, UUID]:
    """Facts that no longer count, each with the one that took its place or took it back."""
    return _gone(list(facts))


def standing_of(request: Request) -> Standing:
    """Where a stored request stands."""
    waiting_from = RequestState(request.waiting_from) if request.waiting_from else None
    return Standing(RequestState(request.state), waiting_from)


def stands_since(facts: Sequence[FactView], reported_at: datetime) -> datetime:
    """Since when a request is in its state, by the facts that count in their order."""
    standing, since = Standing(), reported_at
    for fact in facts:
        following = standing.after(fact.kind)
        if following is not None and following.state != standing.state:
            since = fact.occurred_at
        standing = following or standing
    return since


def standing_after(facts: Sequence[FactView], new: Sequence[NewFact]) -> Standing:
    """Where a request stands once `new` facts join those that count (`facts`, in order).

    Raises IllegalMove when the table does not allow a new fact at its place, or when one of the
    later facts could no longer have followed; `details` name it.
    """
    places = [_Place(fact.kind, fact.occurred_at, False) for fact in facts]
    places += [_Place(fact.kind, fact.occurred_at, True) for fact in new]
    places.sort(key=lambda place: place.occurred_at)
    _check_order(places)
    result = replay(place.kind for place in places)
    if result.stuck_at is None:
        return result.standing
    stuck = places[result.stuck_at]
    details = {
        "kind": stuck.kind,
        "state": result.standing.state.value,
        "occurred_at": stuck.occurred_at.isoformat(),
    }
    if stuck.is_new:
        raise IllegalMove(details=details)
    raise IllegalMove(
        _("This does not fit a later step: %(fact)s. Correct that one first.")
        % {"fact": word_of(stuck.kind)},
        details=details,
    )


def word_of(kind: str) -> str:
    """The built-in name of a fact kind in the reader's language; the kind itself when unknown."""
    text = FACT_KINDS.get(kind)
    if text is None:
        return kind
    return text.zh if (get_language() or "").startswith("zh") else text.en


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    occurred_at: datetime
    is_new: bool


def _check_order(places: Sequence[_Place]) -> None:
    """What must lie before something else where both are known, such as a departure."""
    firsts: dict[str, datetime] = {}
    for place in places:
        firsts.setdefault(place.kind, place.occurred_at)
    for place in places:
        before = firsts.get(AFTER.get(place.kind, ""))
        if place.is_new and before is not None and place.occurred_at < before:
            raise IllegalMove(
                _("This would lie before: %(fact)s. Correct the time of one of them.")
                % {"fact": word_of(AFTER[place.kind])},
                details={"kind": place.kind, "after": AFTER[place.kind]},
            )


def _gone(facts: Sequence[FactView]) -> dict[UUID, UUID]:
    names: Mapping[str, tuple[datetime, str]] = superseded_names(map(_kernel_fact, facts))
    known = {str(fact.public_id): fact.public_id for fact in facts}
    return {known[name]: known[by] for name, (_at, by) in names.items() if name in known}


def _kernel_fact(fact: FactView) -> Fact:
    name = str(fact.public_id)
    return Fact("", fact.kind, fact.occurred_at, fact.received_at, fact.attrs, name)
