"""What each step of a request asks for: one table of fields, read by every surface and service.

Names and free text are personal: they are kept outside the facts, in rows that can be erased.
Numbers, codes and instants may be attributes of the fact itself, where clauses read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class FieldType(StrEnum):
    """What a field takes. `TEXT` and `LINE` are personal and never become attributes."""

    TEXT = "text"
    LINE = "line"
    CODE = "code"
    INSTANT = "instant"
    MINUTES = "minutes"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class StepField:
    """One field of a step. `choices` are the codes it takes; empty where any is fine."""

    name: str
    type: FieldType
    needed: bool = False
    choices: tuple[str, ...] = ()

    @property
    def is_personal(self) -> bool:
        """True for what must be erasable."""
        return self.type in (FieldType.TEXT, FieldType.LINE)


_T = FieldType
SOLVED, NOT_SOLVED = "solved", "not_solved"
_TEXT = StepField("text", _T.TEXT)
_NEEDED_TEXT = StepField("text", _T.TEXT, needed=True)
_REASON = StepField("reason", _T.TEXT, needed=True)
_RESULT = StepField("result", _T.CODE, needed=True, choices=(SOLVED, NOT_SOLVED))

REQUEST_FIELDS: Mapping[str, tuple[StepField, ...]] = {
    "responded": (StepField("analysis", _T.TEXT),),
    "advised_by_phone": (_NEEDED_TEXT, _RESULT),
    "remote_started": (
        StepField("authorised_by", _T.LINE, needed=True),
        StepField("from_where", _T.LINE, needed=True),
        _TEXT,
    ),
    "remote_ended": (_NEEDED_TEXT, _RESULT),
    "on_site_decided": (StepField("travel_minutes", _T.MINUTES), _TEXT),
    "departed": (_TEXT,),
    "arrived": (_TEXT,),
    "development_requested": (_TEXT,),
    "development_arrived": (_TEXT,),
    "part_requested": (_TEXT,),
    "part_shipped": (_TEXT,),
    "part_delivered": (_TEXT,),
    "measures_taken": (_NEEDED_TEXT,),
    "restoration_agreed": (
        StepField("until", _T.INSTANT, needed=True),
        StepField("agreed_by", _T.LINE, needed=True),
        _TEXT,
    ),
    "interim_restored": (_NEEDED_TEXT,),
    "paused": (StepField("reason", _T.CODE, needed=True), StepField("proof", _T.LINE), _TEXT),
    "resumed": (_TEXT,),
    "restored": (
        StepField("method", _T.TEXT),
        StepField("cause", _T.CODE),
        StepField("cause_text", _T.TEXT),
    ),
    "confirmed_by_customer": (StepField("confirmed_by", _T.LINE), _TEXT),
    "archived": (_TEXT,),
    "cancelled": (_REASON,),
    "reopened": (_REASON,),
    "reported_elsewhere": (StepField("reported_to", _T.LINE, needed=True), _TEXT),
    "noted": (_NEEDED_TEXT, StepField("shown", _T.YES_NO)),
}
"""The fields of each kind a person records by a form; the instant of occurrence is always asked."""

# These have their own acts or forms, which check and keep more than the fact: a plan that waits for
# one of them does not let it be recorded past its form.
ACTS = frozenset(
    {
        *("reported", "visit_planned", "classified", "cover_changed", "handed_over", "withdrawn"),
        *("merged", "absorbed", "split_from", "split_off", "questions_answered"),
        *("routed", "taken", "group_escalated"),
        *("expert_invited", "expert_joined", "expert_advised", "clinic_concluded"),
        *("assigned", "accepted", "declined"),
        *("report_delivered", "called_back", "call_back_tried"),
        *("sheet_issued", "sheet_signed", "sheet_returned"),
    }
)


@dataclass(frozen=True, slots=True)
class Consequence:
    """Facts that one form states at the same instant, before or after its own one."""

    kind: str
    attrs: tuple[tuple[str, str], ...] = ()


def preceding(kind: str, *, is_unanswered: bool) -> tuple[Consequence, ...]:
    """What a step states before itself.

    Advice by phone is an answer; whoever starts a remote session by permission records the
    permission with it.
    """
    found = []
    if kind == "advised_by_phone" and is_unanswered:
        found.append(Consequence("responded"))
    if kind == "remote_started":
        found.append(Consequence("remote_authorised"))
    return tuple(found)


def following(kind: str, result: str) -> tuple[Consequence, ...]:
    """What a step's result states after it: what was solved is restored by that way."""
    way = {"advised_by_phone": "phone", "remote_ended": "remote"}.get(kind)
    if way is None:
        return ()
    if result == SOLVED:
        return (Consequence("restored", (("by", way),)),)
    return (Consequence("not_solved_by_phone"),) if way == "phone" else ()


def with_choices(
    fields: Iterable[StepField], choices: Mapping[str, tuple[str, ...]]
) -> tuple[StepField, ...]:
    """The fields with the codes a plan gives them; a code field nobody gives codes is left out."""
    found = []
    for field in fields:
        if field.type is not FieldType.CODE:
            found.append(field)
        elif given := choices.get(field.name, field.choices):
            found.append(replace(field, choices=given))
    return tuple(found)
