"""The words for what a customer may complain about."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from yinuo.platform.errors import Text

CATEGORIES: Mapping[str, Text] = {
    "attitude": pgettext_lazy("complaint", "Attitude"),
    "response_time": pgettext_lazy("complaint", "Response time"),
    "result": pgettext_lazy("complaint", "Result"),
    "dispute": pgettext_lazy("complaint", "Dispute"),
}
