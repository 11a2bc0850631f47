"""The builder's forms: one more line, one more section, as fields instead of a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yinuo.domains.checklists.saying import count_word, in_language
from yinuo.kernel.checklists import (
    Checklist,
    Condition,
    CountWord,
    Item,
    ItemKind,
    Option,
    Section,
)
from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.surfaces.console.checklist_words import KINDS
from yinuo.surfaces.console.fields import NumberField, PicksField, line, paragraph
from yinuo.surfaces.console.forms import ROOM

FAILS = "!"


class ItemForm(forms.Form):
    """One line. Which fields count depends on its kind; the others are left aside."""

    def __init__(self, data: Any = None, *, template: Checklist) -> None:
        super().__init__(data)
        self.template = template
        sections = [(one.code, in_language(one.title)) for one in template.sections]
        self.fields["section"] = _pick(_("Section"), [*sections, ("", _("A new section"))])
        self.fields["section_zh"] = line(_("Title of the new section, Chinese"))
        self.fields["section_en"] = line(_("Title of the new section, English"))
        self.fields["kind"] = _pick(_("Kind of line"), list(KINDS.items()))
        self.fields["title_zh"] = line(_("What is asked, Chinese"))
        self.fields["title_en"] = line(_("What is asked, English"))
        self.fields["optional"] = forms.BooleanField(label=_("May stay open"), required=False)
        self.fields["fails_on"] = _pick(
            _("Yes or no: not in order on"), [("", "—"), ("yes", _("Yes")), ("no", _("No"))]
        )
        hint = _("One a line: Chinese | English. A ! in front means not in order.")
        self.fields["options"] = paragraph(_("Options of a choice"), hint=hint)
        words = [(one.value, count_word(one.value)) for one in list(CountWord)[1:]]
        self.fields["counts"] = PicksField(
            label=_("Count, beside the checked ones"), choices=words, required=False
        )
        self.fields["unit"] = line(_("Unit"))
        self.fields["low"] = NumberField(label=_("Normal from"))
        self.fields["high"] = NumberField(label=_("Normal to"))
        self.fields["follow_zh"] = line(_("Follow-up work, Chinese"))
        self.fields["follow_en"] = line(_("Follow-up work, English"))
        earlier = [(one.code, in_language(one.title)) for one in template.items()]
        self.fields["when"] = _pick(_("Asked only when this fails"), [("", "—"), *earlier])

    def clean(self) -> dict[str, Any]:
        """Titles are needed in one language at least; the other one repeats it."""
        typed: dict[str, Any] = super().clean() or {}
        if not (typed.get("title_zh") or typed.get("title_en")):
            self.add_error("title_zh", ValidationError(_("Say what is asked.")))
        if not typed.get("section") and not (typed.get("section_zh") or typed.get("section_en")):
            self.add_error("section_zh", ValidationError(_("Name the new section.")))
        return typed

    def item(self) -> Item:
        """The line. Call it on a valid form."""
        typed = self.cleaned_data
        kind = ItemKind(typed["kind"])
        is_count, is_number = kind is ItemKind.COUNT, kind is ItemKind.NUMBER
        bounds: tuple[Decimal | None, Decimal | None] = (typed["low"], typed["high"])
        counted = [CountWord(one) for one in typed["counts"] if one in set(CountWord)]
        return Item(
            code=self._free("line", {one.code for one in self.template.items()}),
            kind=kind,
            title=_both(typed["title_zh"], typed["title_en"]),
            required=not typed["optional"],
            fails_on=typed["fails_on"] if kind is ItemKind.YES_NO else "",
            options=_options(typed["options"]) if kind is ItemKind.CHOICE else (),
            unit=_both(typed["unit"], typed["unit"]) if is_count or is_number else EMPTY,
            normal=bounds if is_number else (None, None),
            counts=(CountWord.CHECKED, *counted) if is_count else (),
            when=Condition(typed["when"], ("failed",)) if typed["when"] else None,
            follow_up=_both(typed["follow_zh"], typed["follow_en"]),
        )

    def section(self) -> Section:
        """A new section with the line in it."""
        typed = self.cleaned_data
        code = self._free("section", {one.code for one in self.template.sections})
        return Section(code, _both(typed["section_zh"], typed["section_en"]), (self.item(),))

    def _free(self, stem: str, taken: set[str]) -> str:
        return next(code for number in range(1, 1_000) if (code := f"{stem}_{number}") not in taken)


def _pick(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=choices, required=bool(choices[0][0]))
    if any(code == "" for code, _name in choices):
        field.required = False
    return field


def _both(zh: str, en: str) -> Text:
    zh, en = zh.strip(), en.strip()
    return Text(zh or en, en or zh)


def _options(typed: str) -> tuple[Option, ...]:
    lines = [one.strip() for one in typed[:ROOM].splitlines() if one.strip()]
    made = []
    for number, words in enumerate(lines, 1):
        zh, _bar, en = words.removeprefix(FAILS).replace("｜", "|").partition("|")
        made.append(Option(f"option_{number}", _both(zh, en), words.startswith(FAILS)))
    return tuple(made)
