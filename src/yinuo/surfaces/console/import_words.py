"""The words on screen for imports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.imports.types import Kind, State
from yinuo.surfaces.console.words import Words

KINDS: Words = {
    Kind.CUSTOMERS: _("Customers"),
    Kind.SITES: _("Sites"),
    Kind.CONTACTS: _("Contacts"),
    Kind.PROJECTS: _("Projects"),
    Kind.ASSETS: _("Assets"),
    Kind.COMPONENTS: _("Parts"),
    Kind.CONTRACTS: _("Contracts"),
    Kind.PAPERS: _("Promised papers"),
    Kind.EVENTS: _("Past service events"),
}
STATES: Words = {
    State.READING: pgettext_lazy("import", "Reading the file"),
    State.CHECKING: pgettext_lazy("import", "Dry run"),
    State.CHECKED: pgettext_lazy("import", "Waiting for you"),
    State.WRITING: pgettext_lazy("import", "Writing"),
    State.DONE: pgettext_lazy("import", "Done"),
    State.REFUSED: pgettext_lazy("import", "Refused"),
    State.CANCELLED: pgettext_lazy("import", "Called off"),
}
TONES: Words = {
    State.READING: "calm",
    State.CHECKING: "calm",
    State.CHECKED: "soon",
    State.WRITING: "calm",
    State.DONE: "calm",
    State.REFUSED: "over",
    State.CANCELLED: "",
}
