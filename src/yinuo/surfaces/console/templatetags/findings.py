"""What the check of a plan says, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from yinuo.planfile import Problem

register = template.Library()


@register.filter
def said(problem: Problem) -> str:
    """The message of a finding."""
    return problem.said(get_language() or "zh-hans")
