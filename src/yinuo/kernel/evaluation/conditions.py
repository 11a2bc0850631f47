"""Whether a condition holds for a subject, by its newest attributes and those of its links."""

from __future__ import annotations

from yinuo.kernel.evaluation.subjects import Subject
from yinuo.kernel.plan.selectors import Condition, test_holds


def holds_for(condition: Condition, subject: Subject) -> bool:
    """All tests hold; an attribute that is not known fails its test."""
    for name, test in condition.tests:
        value = subject.lookup(name)
        if value is None or not test_holds(test, value):
            return False
    return True
