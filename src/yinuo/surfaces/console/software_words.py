"""The words on screen for software versions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinuo.domains.software.types import HelpWay, Refusal, ReleaseKind, Way
from yinuo.surfaces.console.words import Words

KINDS: Words = {
    ReleaseKind.UPDATE: pgettext_lazy("software", "Version"),
    ReleaseKind.PATCH: pgettext_lazy("software", "Patch"),
}
WAYS: Words = {
    Way.MAIL: pgettext_lazy("software", "by mail"),
    Way.DOWNLOAD: pgettext_lazy("software", "by download"),
    Way.ON_SITE: pgettext_lazy("software", "on site"),
}
HELPS: Words = {
    HelpWay.PHONE: pgettext_lazy("software", "by phone"),
    HelpWay.REMOTE: pgettext_lazy("software", "remotely"),
}
REFUSALS: Words = {
    Refusal.NONE: pgettext_lazy("software", "entitled"),
    Refusal.WITHDRAWN: _("The version was withdrawn."),
    Refusal.PAID_FEATURE: _("A paid feature is not included."),
    Refusal.TERM_OVER: _("The term for software is over."),
    Refusal.NOT_INCLUDED: _("The contract does not include software."),
    Refusal.NO_CONTRACT: _("No contract covers this asset."),
}
COVERS: Words = {
    "warranty": pgettext_lazy("software", "warranty"),
    "contract": pgettext_lazy("software", "contract"),
    "goodwill": pgettext_lazy("software", "goodwill"),
}
STATES: Words = {
    "entitled": _("entitled, not on it yet"),
    "waiting": _("not on it yet"),
    "there": _("on it or a later one"),
}
