"""The words on screen for the codes of checklists."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.surfaces.console.words import Words

KINDS: Words = {
    "yes_no": pgettext_lazy("kind of line", "Yes or no"),
    "choice": pgettext_lazy("kind of line", "Choice"),
    "number": pgettext_lazy("kind of line", "Number"),
    "count": pgettext_lazy("kind of line", "Count"),
    "photo": pgettext_lazy("kind of line", "Photograph"),
    "text": pgettext_lazy("kind of line", "Text"),
    "signature": pgettext_lazy("kind of line", "Signature"),
}
CONDITION_WORDS: Words = {
    "passed": pgettext_lazy("line of a checklist", "In order"),
    "failed": pgettext_lazy("line of a checklist", "Not in order"),
}
