"""Attribution: whose hands a promise was in, minute by minute, while it ran and while it was late.

A promise belongs at every instant to exactly one holder: a leg of the way (headquarters, centre,
partner, customer, carrier, supplier) and, where it is one of our own, the service unit. So the
shares of the legs always add up to the whole time, to the microsecond.
"""

from yinuo.kernel.attribution.hands import happenings_of, named_in
from yinuo.kernel.attribution.stretches import (
    Change,
    Correction,
    Held,
    Holder,
    Interruption,
    Leg,
    Stretch,
    held,
    stretches,
)

__all__ = [
    "Change",
    "Correction",
    "Held",
    "Holder",
    "Interruption",
    "Leg",
    "Stretch",
    "happenings_of",
    "held",
    "named_in",
    "stretches",
]
