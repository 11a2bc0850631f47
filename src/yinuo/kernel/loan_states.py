"""The states of a standby unit and of a loan of one, and the acts that end a loan."""

from __future__ import annotations

from enum import StrEnum


class StandbyState(StrEnum):
    """Where a standby unit (备机) stands."""

    READY = "ready"
    LENT = "lent"
    DAMAGED = "damaged"
    SOLD = "sold"
    RETIRED = "retired"


class LoanState(StrEnum):
    """Where a loan (借用) of a standby unit stands."""

    LENT = "lent"
    RETURNED = "returned"
    KEPT = "kept"


class LoanBasis(StrEnum):
    """Why it is lent: the plan promises it, out of goodwill, or for money."""

    PLAN = "plan"
    GOODWILL = "goodwill"
    PAID = "paid"


class LoanAct(StrEnum):
    """What is done with a loan: the unit comes back, stays, gets more time; its bill is settled."""

    RETURNED = "returned"
    KEPT = "kept"
    PROLONGED = "prolonged"
    BILLED = "billed"


def is_possible(act: LoanAct, state: LoanState, *, to_bill: bool) -> bool:
    """True when an act may be taken on a loan in this state; `to_bill`: money is still open.

    >>> is_possible(LoanAct.RETURNED, LoanState.RETURNED, to_bill=False)
    False
    >>> is_possible(LoanAct.BILLED, LoanState.KEPT, to_bill=True)
    True
    """
    if act is LoanAct.BILLED:
        return to_bill
    return state is LoanState.LENT
