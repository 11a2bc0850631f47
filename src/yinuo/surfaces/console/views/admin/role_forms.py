"""The form of a role: its names, and a box for every right, in groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from yinuo.domains.network.rights import GROUPS
from yinuo.domains.network.types import RoleRow
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import PicksField, line


def initial_of(role: RoleRow, chosen: Collection[str]) -> dict[str, Any]:
    """What the form shows of a role with these rights ticked."""
    found: dict[str, Any] = {
        group.key: [right.value for right, _text in group.rights if right.value in chosen]
        for group in GROUPS
    }
    return found | {"name_zh": role.name_zh, "name_en": role.name_en, "version": role.version}


class RoleRightsForm(KeptForm):
    """A role's names and rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_zh"] = line(_("Name in Chinese"), required=True, autocomplete="off")
        self.fields["name_en"] = line(_("Name in English"), required=True, autocomplete="off")
        for group in GROUPS:
            boxes = PicksField(
                label=str(group.title),
                choices=[(right.value, text) for right, text in group.rights],
                required=False,
            )
            boxes.flows = True
            self.fields[group.key] = boxes

    def values(self) -> dict[str, Any]:
        """As the service takes it: the rights of all groups together."""
        values = super().values()
        values["rights"] = {one for group in GROUPS for one in values.pop(group.key)}
        return values


class NewRoleForm(RoleRightsForm):
    """The same with the code that plans and limits will know it by."""

    field_order = ("key", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = line(
            _("Code"),
            required=True,
            hint=_("Plans and limits name the role by it, such as night_lead; it never changes."),
            autocomplete="off",
        )
        self.order_fields(self.field_order)
