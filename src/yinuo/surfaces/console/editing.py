"""The one way a form page works: shown, checked, saved once, compared when somebody was faster.

Nothing typed is ever lost: every refusal shows the form again with its text and the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from yinuo.domains.network.types import Actor
from yinuo.platform.errors import Conflict, IdempotencyMismatch, IllegalMove, InvalidInput, Text
from yinuo.surfaces.assets.problems import take_problems
from yinuo.surfaces.console.access import actor_of
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.once import created_once

UNPROCESSABLE, CONFLICT = 422, 409


class KeptForm(forms.Form):
    """A form that takes effect once. `version` is the row's as the person saw it; None for new."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", one_time_key())
        if "version" in self.initial:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=1, max_value=2**31 - 2
            )

    def values(self) -> dict[str, Any]:
        """What the service takes, by name. Call it on a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    def renew(self) -> None:
        """Let the next sending be a new intention, on the version that stands now."""
        data = cast(QueryDict, self.data).copy()
        data["key"] = one_time_key()
        if "version" in self.fields:
            data["version"] = str(self.initial["version"])
        self.data = data

    def lacks_its_key(self) -> bool:
        """True when it came from an old or broken page, without its key or version."""
        return any(name in self.errors for name in ("key", "version") if name in self.fields)


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go, and what it says."""

    address: str
    label: Text


@dataclass(frozen=True, slots=True)
class FormPage:
    """One form with its purpose. `save` calls one service and gives the public id it made or
    changed; `done` is the address that shows it."""

    title: Text
    form: KeptForm
    route: str
    save: Callable[[], UUID]
    done: Callable[[str], str]
    back: Link
    lead: Text = ""
    saved: Text = ""
    button: Text = ""
    template: str = "console/archive/form.html"
    extra: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people left different."""

    label: Text
    yours: str
    present: str


def posted(request: HttpRequest) -> Any:
    """What was sent, None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, page: FormPage) -> HttpResponse:
    """Show the form, or save it and go on. Answers 422 with messages, 409 with both versions."""
    if not page.form.is_bound:
        return _show(request, page)
    if not page.form.is_valid():
        if page.form.lacks_its_key():
            page.form.add_error(None, _("This page was too old. Look at it and send it again."))
        return _show(request, page, UNPROCESSABLE)
    try:
        made = save_once(page.form, page.route, page.save, actor_of(request))
    except InvalidInput as error:
        take_problems(page.form, error)
        return _show(request, page, UNPROCESSABLE)
    except IllegalMove as error:
        page.form.add_error(None, str(error.message))
        return _show(request, page, CONFLICT)
    except Conflict:
        return _show(request, page, CONFLICT, differences=differences(page.form))
    except IdempotencyMismatch:
        return _show_sent_before(request, page)
    messages.success(request, str(page.saved or _("Saved.")))
    return HttpResponseRedirect(page.done(made))


def looked_page(
    request: HttpRequest, page: FormPage, look: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """Show what was typed again, with what saving it would do: `look` gives it to the template.

    Nothing is saved. Answers 422 with messages where saving would.
    """
    if not page.form.is_valid():
        return _show(request, page, UNPROCESSABLE)
    try:
        return _show(request, page, **look())
    except InvalidInput as error:
        take_problems(page.form, error)
        return _show(request, page, UNPROCESSABLE)


def save_once(form: KeptForm, route: str, save: Callable[[], UUID], actor: Actor) -> str:
    """Run `save` once for the form's key; sent again, it gives the same public id."""
    key = form.cleaned_data["key"]
    sent = cast(QueryDict, form.data)
    return created_once(route, key, sent, save, actor=actor, now=timezone.now())


def _show_sent_before(request: HttpRequest, page: FormPage) -> HttpResponse:
    """The page was sent before with other words, then reached again by the back button."""
    if "version" in page.form.fields:
        return _show(request, page, CONFLICT, differences=differences(page.form))
    page.form.add_error(
        None, _("This form was already saved once. Send it again only to make another one.")
    )
    return _show(request, page, UNPROCESSABLE)


def differences(form: KeptForm) -> tuple[Difference, ...]:
    """What was typed beside what is stored now, field by field; the form's initial is the row."""
    return tuple(
        Difference(
            form.fields[name].label or name,
            _shown(form, name, form[name].data),
            _shown(form, name, form.get_initial_for_field(form.fields[name], name)),
        )
        for name in form.changed_data
        if not form.fields[name].widget.is_hidden
    )


def _shown(form: KeptForm, name: str, value: Any) -> str:
    field: Any = form.fields[name]
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if hasattr(field, "shown"):
        value = field.shown(value)
    if isinstance(value, date):
        value = value.isoformat()
    return str(field.prepare_value(value) if value not in (None, "") else "—") or "—"


def _show(request: HttpRequest, page: FormPage, status: int = 200, **more: Any) -> HttpResponse:
    if status == CONFLICT or page.form.non_field_errors():
        page.form.renew()
    context = {"page": page, "form": page.form, **(page.extra or {}), **more}
    return render(request, page.template, context, status=status)
