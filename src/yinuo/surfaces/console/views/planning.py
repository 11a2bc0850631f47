"""Plans of days: have one made, watch it, see what it changes and costs, take lines over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yinuo.domains.dispatch.plan_selectors import get_plan, list_plan_lines, list_plans
from yinuo.domains.dispatch.plan_types import LineRow, Mode, RunRow, Taken
from yinuo.domains.dispatch.services import cancel_plan, start_plan, take_lines
from yinuo.domains.network.performers import planned_units
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.platform.errors import IdempotencyMismatch, IllegalMove, Text
from yinuo.surfaces.console import planning_words, words
from yinuo.surfaces.console.access import actor_of, page
from yinuo.surfaces.console.editing import FormPage, KeptForm, Link, form_page, posted, save_once
from yinuo.surfaces.console.fields import Choices, DayField, PickField, wide
from yinuo.surfaces.console.forms import one_time_key
from yinuo.surfaces.console.views.lists import Listing, LivePart
from yinuo.surfaces.console.views.work_orders import SOURCE

MOST_REASONS = 6


class PlanForm(KeptForm):
    """Which unit, from which day, how many, and how much may change."""

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"] = PickField(label=gettext_lazy("Unit"), choices=units)
        self.fields["first_on"] = DayField(label=gettext_lazy("From day"))
        self.fields["days"] = forms.IntegerField(
            label=gettext_lazy("Days"), help_text=gettext_lazy("1 to 7")
        )
        self.fields["mode"] = wide(
            forms.ChoiceField(
                label=gettext_lazy("What may change"),
                choices=list(planning_words.MODES.items()),
                widget=forms.RadioSelect,
            )
        )


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with its words."""

    row: LineRow
    change: Text
    tone: Text
    reasons: tuple[str, ...]


@require_GET
@page
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of one's units, newest first."""
    actor = actor_of(request)
    require(actor, Permission.WORK_ORDER_ASSIGN)
    cursor = request.GET.get("cursor", "")
    found = list_plans(actor, cursor=cursor)
    rows = tuple(
        (one, *_state(one), one.first_on + timedelta(days=one.days - 1)) for one in found.items
    )
    context = {"list": Listing(rows, "", cursor, found.next_cursor)}
    return render(request, "console/dispatch/plans.html", context)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Have some days planned; the worker begins at once."""
    actor = actor_of(request)
    require(actor, Permission.WORK_ORDER_ASSIGN)
    units = [(str(one.public_id), one.name) for one in planned_units(actor)]
    initial = {
        "unit_id": request.GET.get("unit", ""),
        "first_on": request.GET.get("day") or timezone.localdate(),
        "days": 1,
        "mode": Mode.LEAST.value,
    }
    form = PlanForm(posted(request), units=units, initial=initial)

    def save() -> UUID:
        values = form.values()
        mode = Mode(values.pop("mode"))
        return start_plan(actor=actor, **values, mode=mode, now=timezone.now()).public_id

    return form_page(
        request,
        FormPage(
            title=_("Plan days"),
            form=form,
            route="console.board.plans.new",
            save=save,
            done=lambda made: reverse("console:board_plans_one", args=[made]),
            back=Link(reverse("console:board_plans"), _("Plans of days")),
            lead=_("Who makes which visits in which order, at the least cost."),
            button=_("Plan"),
            saved=_("Planning has begun."),
        ),
    )


@require_GET
@page
def one(request: HttpRequest, day_plan_id: UUID) -> HttpResponse:
    """One plan: how far it is, what it changes, what it costs."""
    actor = actor_of(request)
    run = get_plan(actor, day_plan_id)
    lines = [_shown(line) for line in list_plan_lines(actor, day_plan_id)]
    state, tone = _state(run)
    context = {
        "run": run,
        "state": state,
        "tone": tone,
        "mode": words.word(planning_words.MODES, run.mode),
        "last_on": run.first_on + timedelta(days=run.days - 1),
        "costs": _costs(run),
        "saved": Decimal(run.summary["saved"]) if run.summary else None,
        **_ways(run),
        "lines": [line for line in lines if line.row.change != "kept"],
        "kept": sum(line.row.change == "kept" for line in lines),
        "may_take": any(line.row.may_be_taken for line in lines),
        "key": one_time_key(),
        "live": LivePart(
            "plan", reverse("console:board_plans_one_version", args=[day_plan_id]), _version(run)
        ),
    }
    return render(request, "console/dispatch/plan.html", context)


@require_GET
@page
def one_version(request: HttpRequest, day_plan_id: UUID) -> HttpResponse:
    """What the page of a plan asks every two seconds: did it move?"""
    run = get_plan(actor_of(request), day_plan_id)
    return HttpResponse(_version(run), content_type="text/plain")


@require_POST
@page
def cancel(request: HttpRequest, day_plan_id: UUID) -> HttpResponse:
    """Call a plan off."""
    try:
        cancel_plan(actor=actor_of(request), run_id=day_plan_id, now=timezone.now())
        messages.success(request, _("The plan is called off."))
    except IllegalMove as error:
        messages.error(request, str(error.message))
    return redirect(reverse("console:board_plans_one", args=[day_plan_id]))


@require_POST
@page
def take(request: HttpRequest, day_plan_id: UUID) -> HttpResponse:
    """Take the chosen lines over."""
    actor = actor_of(request)
    form = KeptForm(request.POST)
    chosen = cast(QueryDict, form.data).getlist("line")
    done: list[Taken] = []

    def save() -> UUID:
        taken = take_lines(
            actor=actor, run_id=day_plan_id, line_ids=chosen, source=SOURCE, now=timezone.now()
        )
        done.append(taken)
        return taken.run_public_id

    get_plan(actor, day_plan_id)
    if not chosen:
        messages.error(request, _("Choose at least one line."))
    elif not form.is_valid():
        messages.error(request, _("This page was too old. Look at it and send it again."))
    else:
        try:
            save_once(form, f"console.board.plans.take.{day_plan_id}", save, actor)
            _tell(request, done)
        except (IllegalMove, IdempotencyMismatch) as error:
            messages.error(request, str(error.message))
    return redirect(reverse("console:board_plans_one", args=[day_plan_id]))


def _tell(request: HttpRequest, done: list[Taken]) -> None:
    for taken in done:
        if taken.taken:
            given = {"number": taken.taken}
            one = ngettext(
                "%(number)s line taken over.", "%(number)s lines taken over.", taken.taken
            )
            messages.success(request, one % given)
        for message in sorted(set(taken.refused.values())):
            number = sum(each == message for each in taken.refused.values())
            messages.warning(request, f"{message} ({number})")


def _state(run: RunRow) -> tuple[Text, Text]:
    return (
        words.word(planning_words.STATES, run.state),
        planning_words.TONES.get(run.state, ""),
    )


def _version(run: RunRow) -> str:
    return f"{run.state}-{run.percent}"


def _costs(run: RunRow) -> list[tuple[Text, Decimal, Decimal]]:
    if not run.summary:
        return []
    before, after = run.summary["before"], run.summary["after"]
    return [
        (name, Decimal(before[kind]), Decimal(after[kind]))
        for kind, name in planning_words.KINDS.items()
    ]


def _ways(run: RunRow) -> dict[str, Text]:
    """Where the times on the road come from, and what went wrong with the server asked for them."""
    source, trouble = run.summary.get("ways", ""), run.summary.get("trouble", "")
    return {
        "ways": words.word(planning_words.WAYS, source) if source else "",
        "trouble": words.word(planning_words.TROUBLES, trouble) if trouble else "",
    }


def _shown(line: LineRow) -> ShownLine:
    return ShownLine(
        line,
        words.word(planning_words.CHANGES, line.change),
        planning_words.CHANGE_TONES.get(line.change, ""),
        tuple(_reasons(line)),
    )


def _reasons(line: LineRow) -> list[str]:
    """Who could do it for how much more, and how many ways which rule removed."""
    options = [
        f"{one['name']} {one['on'][5:]} +{one['extra']}" for one in line.content.get("options", ())
    ]
    broken = [
        f"{words.word(planning_words.BROKEN, rule)} {count}"
        for rule, count in line.content.get("broken", {}).items()
    ]
    return [*options, *broken][: MOST_REASONS + len(broken)]
