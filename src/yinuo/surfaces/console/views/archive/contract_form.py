"""The form of a contract, with a field for each figure that its plan leaves to contracts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinuo.domains.contracts.services import ContractData
from yinuo.domains.contracts.types import COVERED_ITEMS, FREE_ITEMS, ContractRow
from yinuo.kernel.evaluation.clocks import number_of
from yinuo.kernel.plan.packages import Package
from yinuo.kernel.plan.plan import Parameter
from yinuo.kernel.plan.wording import UNITS, number_text
from yinuo.surfaces.console import cover_words, words
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import (
    Choices,
    DayField,
    NumberField,
    PickField,
    PicksField,
    line,
    money_field,
)

PREFIX = "parameter_"
PACKAGE = "package"


class ContractForm(KeptForm):
    """A contract. `parameters`, `packages` and `kinds` are those of the plan version chosen."""

    def __init__(
        self,
        *args: Any,
        plans: Choices,
        sites: Choices,
        assets: Choices,
        projects: Choices,
        parameters: Sequence[Parameter],
        people: Choices = (),
        packages: Sequence[Package] = (),
        kinds: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parameters, self.packages = tuple(parameters), tuple(packages)
        self._add_head()
        self._add_scope(plans, sites, assets, projects)
        self.fields["responsible_id"] = PickField(
            label=gettext_lazy("In charge of the contract"),
            choices=people,
            empty=gettext_lazy("not named"),
            required=False,
            help_text=gettext_lazy(
                "Owns what the contract itself promises: visits, papers, figures. "
                "He is told before it is missed, and does not decide about such a miss."
            ),
        )
        self._add_kind(kinds)
        self._add_terms()

    def _add_head(self) -> None:
        self.fields["number"] = line(
            gettext_lazy("Contract number"), required=True, autocomplete="off"
        )
        self.fields["starts_on"] = DayField(label=gettext_lazy("First day"))
        self.fields["ends_on"] = DayField(
            label=gettext_lazy("Ends on"),
            required=False,
            help_text=gettext_lazy(
                "The first day it no longer covers: 1 January when 31 December is the last. "
                "Empty: until further notice."
            ),
        )
        self.fields["total"] = money_field(gettext_lazy("Total in yuan"))
        self.fields["annual_fee"] = money_field(gettext_lazy("Annual fee in yuan"))

    def _add_scope(
        self, plans: Choices, sites: Choices, assets: Choices, projects: Choices
    ) -> None:
        self.fields["plan_version_id"] = PickField(
            label=gettext_lazy("Service plan"), choices=plans, empty=gettext_lazy("choose")
        )
        self.fields["site_ids"] = PicksField(
            label=gettext_lazy("Only these sites"), choices=sites, required=False
        )
        self.fields["asset_ids"] = PicksField(
            label=gettext_lazy("Only these assets"), choices=assets, required=False
        )
        self.fields["project_id"] = PickField(
            label=gettext_lazy("Project"),
            choices=projects,
            empty=gettext_lazy("not named"),
            required=False,
        )
        self.fields["covers"] = PicksField(
            label=gettext_lazy("Free while it is in force"),
            choices=[(code, cover_words.ITEMS[code]) for code in COVERED_ITEMS],
            required=False,
            initial=list(FREE_ITEMS),
        )
        self.fields["remind_days"] = NumberField(
            label=gettext_lazy("Days before its end to be reminded"), places=0
        )

    def _add_kind(self, kinds: Choices) -> None:
        label = gettext_lazy("Kind of contract")
        if kinds:
            empty = gettext_lazy("not named")
            self.fields["kind"] = PickField(label=label, choices=kinds, empty=empty, required=False)
        else:
            self.fields["kind"] = line(label, hint=gettext_lazy("As plans tell contracts apart."))

    def _add_terms(self) -> None:
        for one in self.parameters:
            self.fields[PREFIX + one.name] = _figure(one)
        if self.packages:
            self.fields[PACKAGE] = PickField(
                label=gettext_lazy("Service package"),
                choices=[(one.code, _package(one)) for one in self.packages],
                empty=gettext_lazy("none"),
                required=False,
                help_text=gettext_lazy("Gives fee, figures, visits and hours left empty here."),
            )

    @property
    def terms(self) -> list[Any]:
        """The fields that depend on the plan: kind, package and figures."""
        bought = [self[PACKAGE]] if self.packages else []
        return [self["kind"], *bought] + [self[PREFIX + one.name] for one in self.parameters]

    def contract(self, before: ContractRow | None = None) -> ContractData:
        """What the service takes; figures that the plan does not know stay as they were."""
        typed = self.cleaned_data
        known = {one.name: typed[PREFIX + one.name] for one in self.parameters}
        kept = dict(before.parameters) if before else {}
        kept = {name: value for name, value in kept.items() if name not in known}
        figures = {name: f"{value:f}" for name, value in known.items() if value is not None}
        return ContractData(
            number=typed["number"],
            plan_version_id=typed["plan_version_id"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            kind=typed["kind"],
            total=typed["total"],
            annual_fee=typed["annual_fee"],
            parameters=kept | figures,
            site_ids=typed["site_ids"],
            asset_ids=typed["asset_ids"],
            covers=None if typed.get(PACKAGE) else typed["covers"] or None,
            package=typed.get(PACKAGE, ""),
            project_id=typed["project_id"] or None,
            responsible_id=typed["responsible_id"] or None,
            remind_days=None if typed["remind_days"] is None else int(typed["remind_days"]),
        )


def initial_of(row: ContractRow) -> dict[str, Any]:
    """A contract as its form shows it."""
    names = (
        "number",
        "kind",
        "starts_on",
        "ends_on",
        "total",
        "annual_fee",
        "version",
        "remind_days",
    )
    figures = {PREFIX + name: figure_of(value) for name, value in row.parameters.items()}
    return (
        {name: getattr(row, name) for name in names}
        | {
            "plan_version_id": str(row.plan_version_public_id),
            "site_ids": [str(one) for one in row.site_public_ids],
            "asset_ids": [str(one) for one in row.asset_public_ids],
            "covers": list(row.covers),
            "project_id": str(row.project_public_id or ""),
            "responsible_id": str(row.responsible_public_id or ""),
        }
        | figures
    )


def figure_of(value: Any) -> Decimal | str:
    """A stored parameter as a number where it is one."""
    number = number_of(value)
    return str(value) if number is None else number


def parameter_title(one: Parameter) -> str:
    """The name of a figure with its unit, in the reader's language."""
    title = words.in_language(one.title.zh, one.title.en) or one.name
    if one.unit is None:
        return title
    unit = UNITS[one.unit]
    shown = unit.zh.removeprefix("个") if words.is_chinese() else f"{unit.en}s"
    return _("%(title)s (%(unit)s)") % {"title": title, "unit": shown}


def _package(one: Package) -> str:
    """Its name with what it holds: `Gold · 18,000.00 · Visits 6 · Hours 60`."""
    shown = [words.in_language(one.title.zh, one.title.en)]
    if one.price is not None:
        shown.append(f"{one.price:,.2f}")
    for kind, number in (("visits", one.visits), ("hours", one.hours)):
        if number is not None:
            shown.append(f"{cover_words.QUOTAS[kind]} {number}")
    return " · ".join(shown)


def _figure(one: Parameter) -> NumberField:
    limits: list[Any] = []
    hints = []
    if one.default is not None:
        hints.append(_("Empty: %(number)s.") % {"number": number_text(one.default)})
    if one.lowest is not None:
        limits.append(MinValueValidator(one.lowest))
        hints.append(_("At least %(number)s.") % {"number": number_text(one.lowest)})
    if one.highest is not None:
        limits.append(MaxValueValidator(one.highest))
        hints.append(_("At most %(number)s.") % {"number": number_text(one.highest)})
    return NumberField(label=parameter_title(one), help_text=" ".join(hints), validators=limits)
