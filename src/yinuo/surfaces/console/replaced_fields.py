"""The rows of a report that say which components of the asset were replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinuo.domains.assets.types import Replacement
from yinuo.domains.fieldwork.types import WorkOrderPage

FEWEST_ROWS, SPARE_ROWS = 2, 1


def component_choices(sheet: WorkOrderPage) -> list[tuple[str, str]]:
    """What is in the asset and could be replaced, with what this sheet replaced already."""
    own = {one.component_id: f"{one.name} {one.out}" for one in sheet.replaced}
    there = {
        one.public_id: " ".join(filter(None, (one.name, one.model, one.serial)))
        for one in sheet.components
        if one.is_in and one.source_number != sheet.row.number
    }
    return [(str(key), label) for key, label in (own | there).items()]


class ReplacedInput(forms.Widget):
    """A row for each component, with a spare one to go on."""

    template_name = "console/widgets/replaced.html"

    def __init__(self, components: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.components = list(components)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The rows filled and the empty ones behind them."""
        context = super().get_context(name, value, attrs)
        rows = [
            {"component_id": str(one[0]), "model": one[1], "serial": one[2]} for one in value or ()
        ]
        room = max(FEWEST_ROWS, min(len(rows) + SPARE_ROWS, len(self.components)))
        empty = {"component_id": "", "model": "", "serial": ""}
        context["rows"] = rows + [empty] * (room - len(rows))
        context["components"] = self.components
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, str, str]]:
        """The rows in which anything stands: component, model, serial number."""
        columns = [self._column(data, part) for part in (name, f"{name}_model", f"{name}_serial")]
        return [row for row in zip(*columns, strict=False) if any(one.strip() for one in row)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """True when the form did not have these rows."""
        return name not in data

    def _column(self, data: Any, name: str) -> list[str]:
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, []))


class ReplacedField(forms.Field):
    """Replacements; a component that is not in the asset is the service's to refuse."""

    def __init__(self, *, components: Iterable[tuple[str, str]]) -> None:
        super().__init__(
            label=_("Components replaced"),
            required=False,
            help_text=_("Pick what went out; what came in then stands in the parts of the asset."),
            widget=ReplacedInput(components),
        )

    def prepare_value(self, value: Any) -> Any:
        """Rows of texts, from replacements or from what was typed."""
        return [
            (str(one.component_id), one.model, one.serial) if isinstance(one, Replacement) else one
            for one in value or ()
        ]

    def to_python(self, value: Any) -> tuple[Replacement, ...]:
        """The replacements. Errors: ValidationError for a new part without the old one."""
        found = []
        for component, model, serial in value or ():
            if "\x00" in model + serial:
                raise ValidationError(_("Null characters are not allowed."))
            try:
                found.append(Replacement(UUID(component), model.strip(), serial.strip()))
            except ValueError:
                raise ValidationError(_("Pick the component that went out.")) from None
        return tuple(found)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when any row differs."""
        return bool(self.prepare_value(initial) != list(data or ()))

    def shown(self, value: Any) -> str:
        """The rows in words."""
        names = dict(self.widget.components)
        rows = self.prepare_value(value)
        return ", ".join(f"{names.get(one[0], one[0])} → {one[1]} {one[2]}".strip() for one in rows)
