"""How far the health record looks back and ahead."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinuo.domains.feedback.health_windows import (
    Windows,
    health_windows,
    set_health_windows,
    windows_version,
)
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted

LABELS = {
    "repeat_days": gettext_lazy("A fault counts as a repeat within (days)"),
    "repeat_count": gettext_lazy("and from so many times on"),
    "satisfaction_days": gettext_lazy("Answers count for (days)"),
    "expiring_days": gettext_lazy("Contracts ending within (days)"),
    "due_days": gettext_lazy("Promises and visits due within (days)"),
    "availability_days": gettext_lazy("Availability over (days)"),
}


class WindowsForm(KeptForm):
    """The windows of the health record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # 0 while nobody has set them.
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
        for name, label in LABELS.items():
            self.fields[name] = forms.IntegerField(label=str(label), min_value=0, max_value=99_999)

    def windows(self) -> Windows:
        """What the service takes. Call it on a valid form."""
        return Windows(**{one.name: self.cleaned_data[one.name] for one in fields(Windows)})


@require_http_methods(["GET", "POST"])
@page
def windows(request: HttpRequest) -> HttpResponse:
    """Set the windows for the whole company."""
    actor = actor_of(request)
    require(actor, Permission.UNIT_WRITE)
    initial = asdict(health_windows()) | {"version": windows_version()}
    form = WindowsForm(posted(request), initial=initial)

    def save() -> UUID:
        version, now = form.cleaned_data["version"], timezone.now()
        return set_health_windows(actor=actor, version=version, windows=form.windows(), now=now)

    address = reverse("console:settings_health")
    return form_page(
        request,
        FormPage(
            title=_("Health record"),
            form=form,
            route="console.settings.health",
            save=save,
            done=lambda _made: address,
            back=Link(reverse("console:customers"), _("Customers")),
            lead=_("How far the health record of customers and assets looks back and ahead."),
        ),
    )
