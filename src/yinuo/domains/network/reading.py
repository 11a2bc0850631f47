"""Reading behind the second fence: for whoever sees a part of the company only."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from yinuo.domains.network.types import Actor
from yinuo.platform.database.fence import fenced


def reading(actor: Actor) -> AbstractContextManager[None]:
    """The database shows the actor's units and own sheets only; all of it at headquarters (SV-02).

    Policies say what each right opens; this holds where one of them forgot to.
    """
    if actor.sees_whole:
        return nullcontext()
    units = frozenset().union(*actor.grants.values())
    return fenced(units=units, person=actor.person_id)
