"""The words for what a customer may say of the service, the best first."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yinuo.kernel.plan.reports import Satisfaction
from yinuo.platform.errors import Text

_ALL: dict[Satisfaction, Text] = {
    Satisfaction.VERY_SATISFIED: _("Very satisfied"),
    Satisfaction.SATISFIED: _("Satisfied"),
    Satisfaction.FAIR: _("Fair"),
    Satisfaction.DISSATISFIED: _("Dissatisfied"),
    Satisfaction.NO_STATEMENT: _("No statement"),
}
OPINIONS: Mapping[str, Text] = {code.value: label for code, label in _ALL.items()}
