"""The form of a document template: texts, picture, labels, what is printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yinuo.domains.document_templates.kinds import Which, built_in
from yinuo.domains.document_templates.types import TEXTS, TemplateContent
from yinuo.platform.errors import Text
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.fields import PicksField, line, paragraph, wide
from yinuo.surfaces.console.templatetags.documents import plain_word

WORD = "word_"
TEXT_LABELS: dict[str, Text] = {
    "title": pgettext_lazy("document", "Title"),
    "head": gettext_lazy("Head"),
    "introduction": gettext_lazy("Before the content"),
    "closing": gettext_lazy("After the content"),
    "footer": gettext_lazy("Foot of every page"),
}
PLACES = gettext_lazy("Braces stand for the document's own: %(places)s.")


class TemplateForm(KeptForm):
    """Every field of the template; a word left empty is the product's own."""

    def __init__(self, *args: Any, which: Which, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if which.has_title:
            self.fields["title"] = wide(line(TEXT_LABELS["title"], required=True))
            self.fields["title"].error_messages["required"] = gettext_lazy("Give the title.")
        self._ask_texts(which)
        self._ask_logo(has_logo)
        if which.passages:
            left_out = PicksField(
                label=gettext_lazy("Do not print"),
                choices=list(which.passages.items()),
                required=False,
            )
            self.fields["left_out"] = left_out
        self.word_names = [WORD + code for code in which.words]
        for code, label in which.words.items():
            self.fields[WORD + code] = line(
                plain_word(label),
                hint=_("As shipped: %(word)s") % {"word": built_in(label, which.language)},
                autocomplete="off",
            )

    def _ask_texts(self, which: Which) -> None:
        places = str(PLACES) % {"places": " ".join(f"{{{one}}}" for one in which.placeholders)}
        self.fields["head"] = paragraph(
            TEXT_LABELS["head"],
            rows=3,
            hint=_("Address, phone, website: below the company's name."),
        )
        self.fields["introduction"] = paragraph(TEXT_LABELS["introduction"], rows=3, hint=places)
        self.fields["closing"] = paragraph(
            TEXT_LABELS["closing"], rows=5, hint=_("Terms, bank account, thanks.")
        )
        self.fields["footer"] = paragraph(
            TEXT_LABELS["footer"], rows=2, hint=_("At most two lines.")
        )

    def _ask_logo(self, has_logo: bool) -> None:
        logo = forms.FileField(
            label=gettext_lazy("Picture beside the head"),
            help_text=gettext_lazy("PNG or JPEG, at most 1 MB."),
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        )
        self.fields["logo"] = wide(logo)
        if has_logo:
            self.fields["drops_logo"] = forms.BooleanField(
                label=gettext_lazy("Leave the present picture out"), required=False
            )

    @property
    def texts(self) -> list[Any]:
        """Everything but the words, as the page shows it first."""
        return [one for one in self.visible_fields() if one.name not in self.word_names]

    @property
    def words(self) -> list[Any]:
        """The words."""
        return [self[name] for name in self.word_names]

    def content(self) -> TemplateContent:
        """What the service takes. Call it on a valid form."""
        given = self.cleaned_data
        own = {name.removeprefix(WORD): given[name] for name in self.word_names if given[name]}
        texts = {name: given.get(name, "") for name in TEXTS}
        return TemplateContent(**texts, words=own, left_out=tuple(given.get("left_out", ())))

    def logo(self) -> File[bytes] | None:
        """The picture sent. Call it on a valid form."""
        sent: File[bytes] | None = self.cleaned_data["logo"]
        return sent

    def keeps_logo(self) -> bool:
        """False when the present picture is to be left out."""
        return not self.cleaned_data.get("drops_logo", False)
