"""Forms of checklists: the lines of one as fields, a photograph, a signature, the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yinuo.domains.checklists.saying import count_word, in_language, limits_words
from yinuo.domains.checklists.types import ChecklistView, LineAnswer, LineView, TemplateRow
from yinuo.kernel.checklists import Item, ItemKind
from yinuo.platform.errors import InvalidInput
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import PickField, line, paragraph
from yinuo.surfaces.console.forms import ROOM

# Kinds whose answer has a page of its own.
APART = frozenset({ItemKind.PHOTO, ItemKind.SIGNATURE})


class CountInput(forms.MultiWidget):
    """Some whole numbers side by side, each with what it counts."""

    template_name = "console/widgets/counts.html"

    def __init__(self, item: Item) -> None:
        self.item = item
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "numeric"}
        widgets: dict[str, Any] = {one.value: forms.TextInput(attrs=attrs) for one in item.counts}
        super().__init__(widgets)

    def decompress(self, value: Any) -> list[Any]:
        """The numbers in the order of the item."""
        return [(value or {}).get(one.value, "") for one in self.item.counts]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The inputs with their words and the unit."""
        context = super().get_context(name, value, attrs)
        words = [count_word(one.value) for one in self.item.counts]
        inputs = context["widget"]["subwidgets"]
        context["pairs"] = list(zip(words, inputs, strict=True))
        context["unit"] = in_language(self.item.unit)
        return context


class CountField(forms.Field):
    """The numbers as typed; None when all are empty. What they may be is the domain's to say."""

    def __init__(self, item: Item, **kwargs: Any) -> None:
        super().__init__(widget=CountInput(item), **kwargs)
        self.item = item

    def to_python(self, value: Any) -> Any:
        """A mapping of the words to what was typed."""
        if isinstance(value, dict):
            return value
        typed = [str(one or "").strip() for one in value or []]
        if not any(typed):
            return None
        return {word.value: one for word, one in zip(self.item.counts, typed, strict=False)}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True when other numbers were typed."""
        typed = self.to_python(data)
        before = {name: str(number) for name, number in (initial or {}).items()}
        return (typed or {}) != before


class LinesForm(KeptForm):
    """Every line that is asked, with its remark; each keeps the version the person saw."""

    def __init__(self, data: Any = None, *, view: ChecklistView) -> None:
        super().__init__(data)
        self.view = view
        for one in self.lines():
            code = one.item.code
            self.fields[code] = answer_field(one.item)
            self.initial[code] = one.answer
            self.fields[f"note-{code}"] = line(_("Remarks"))
            self.initial[f"note-{code}"] = one.note
            self.fields[f"seen-{code}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2
            )
            self.initial[f"seen-{code}"] = one.version

    def lines(self) -> Iterable[LineView]:
        """Those that are answered on this page."""
        return (one for one in self.view.lines if one.item.kind not in APART)

    def rows(self) -> list[tuple[Any, list[tuple[LineView, Any, Any]]]]:
        """Sections with their lines and bound fields, in order."""
        return [
            (
                section.section,
                [
                    (
                        one,
                        None if one.item.kind in APART else self[one.item.code],
                        None if one.item.kind in APART else self[f"note-{one.item.code}"],
                    )
                    for one in section.lines
                ],
            )
            for section in self.view.sections
        ]

    def answers(self) -> list[LineAnswer]:
        """The lines that were changed on the page. Call it on a valid form."""
        typed = self.cleaned_data
        changed = set(self.changed_data)
        return [
            LineAnswer(
                one.item.code,
                typed[one.item.code] or None,
                typed[f"note-{one.item.code}"],
                typed[f"seen-{one.item.code}"],
            )
            for one in self.lines()
            if changed & {one.item.code, f"note-{one.item.code}"}
        ]


def answer_field(item: Item) -> forms.Field:
    """The field that suits the kind of item; nothing is required before the end."""
    label = in_language(item.title)
    if item.kind is ItemKind.YES_NO:
        return _radio(label, [("yes", _("Yes")), ("no", _("No"))])
    if item.kind is ItemKind.CHOICE:
        return _radio(label, [(one.code, in_language(one.title)) for one in item.options])
    if item.kind is ItemKind.COUNT:
        return CountField(item, label=label, required=False)
    if item.kind is ItemKind.NUMBER:
        hint = " · ".join(one for one in (in_language(item.unit), limits_words(item)) if one)
        return line(label, hint=hint, inputmode="decimal", autocomplete="off")
    return paragraph(label, rows=2)


def _radio(label: str, choices: list[tuple[str, str]]) -> forms.Field:
    """Whatever is sent goes to the domain, which says what can be chosen."""
    field = forms.CharField(
        label=label, required=False, max_length=ROOM, widget=forms.RadioSelect(choices=choices)
    )
    field.choices = choices  # type: ignore[attr-defined] # what the shared part looks at
    return field


class BeginForm(KeptForm):
    """Which template to begin."""

    def __init__(self, data: Any = None, *, templates: Iterable[TemplateRow]) -> None:
        super().__init__(data)
        choices = [(str(one.public_id), in_language(one.title)) for one in templates]
        self.fields["template_id"] = PickField(label=_("Checklist"), choices=choices)


class FinishForm(KeptForm):
    """The end; lines left open need a reason."""

    def __init__(self, *args: Any, leaves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if leaves:
            self.fields["unfinished_reason"] = paragraph(_("Why lines stay open"), rows=2)


class PhotographForm(KeptForm):
    """One photograph of a line."""

    file = forms.FileField(
        required=False, widget=forms.FileInput(attrs={"accept": "image/*"}), allow_empty_file=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Photograph")

    def clean_file(self) -> Any:
        """The picture; without one there is nothing to save."""
        if not self.cleaned_data["file"]:
            raise forms.ValidationError(_("Choose a picture."))
        return self.cleaned_data["file"]


class LineSignForm(KeptForm):
    """Name and drawn signature of a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer_name"] = line(_("Name of the one who signs"), autocomplete="off")
        self.fields["strokes"] = forms.CharField(
            label=_("Signature"),
            required=False,
            max_length=ROOM,
            widget=forms.HiddenInput(attrs={"data-strokes": ""}),
        )


def saved_line(save: Any, field: str, item: str) -> Any:
    """`save`, its refusal about a line told at the field of the page."""

    def run() -> Any:
        try:
            return save()
        except InvalidInput as error:
            known = {field if name == item else name: said for name, said in error.fields.items()}
            raise InvalidInput(known) from error

    return run
