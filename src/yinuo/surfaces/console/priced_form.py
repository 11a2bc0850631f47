"""Forms with lines beside them that are priced by a list while they are typed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from yinuo.domains.billing.agreed import ChosenPrices
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.quote_lines import Pricing


class PricedForm(KeptForm):
    """A form whose `pricing` the view sets before it is checked."""

    may_be_empty = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pricing: Pricing | None = None
        # The list that counts for the customer and why; None when the form has one of its own.
        self.chosen: ChosenPrices | None = None

    def clean(self) -> dict[str, Any]:
        """The lines must be right too."""
        cleaned = super().clean() or self.cleaned_data
        empty = self.pricing is None or not self.pricing.lines
        if empty and not self.may_be_empty:
            self.add_error(None, _("Add at least one line."))
        elif not empty and self.pricing is not None and self.pricing.is_wrong:
            self.add_error(None, _("Correct the lines that are marked."))
        return cleaned
