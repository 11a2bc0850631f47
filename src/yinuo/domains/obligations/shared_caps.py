"""What a cap over several cases of a contract leaves of what one promise would cost.

The figures stored with a promise are its own: a cap that other cases have used up is not in them.
Beside each contract whose caps reach across its cases a worker keeps what all its open promises
would add together, missed at once, after everything that was used up. One promise never adds more
than all of them, so that figure bounds it: exactly where one cap holds for all of them, and where
nothing is left; from above where promises with and without the cap stand side by side.

Only the contracts of one page are looked up, by their key, and only those where the cap matters;
sums and groups, of which 100,000 promises are added up, read nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from yinuo.domains.obligations.exposure_types import Bounds
from yinuo.domains.obligations.models import JointExposure, ObligationRow
from yinuo.domains.obligations.services.storing import LATE


def bounds_of(rows: Iterable[ObligationRow]) -> Bounds:
    """By contract (internal id) the most that a promise of it adds; without those that no shared
    cap bounds. One statement for any number of promises."""
    ids = {row.contract_id for row in rows if row.contract_id and row.late_day is not None}
    joint = JointExposure.objects.filter(differs=True, contract_id__in=ids) if ids else ()
    return {
        one.contract_id: {name: getattr(one, name) for name in LATE}
        for one in joint
        if any(getattr(one, name) < getattr(one, f"alone_{name}") for name in LATE)
    }
