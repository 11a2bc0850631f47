"""Files of plans and price lists as people send them: uploaded or pasted, with what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from yinuo.planfile import PlanError, Problem
from yinuo.planfile.source import MOST_BYTES, read_text
from yinuo.surfaces.console.editing import KeptForm
from yinuo.surfaces.console.forms import ROOM

# Of a line that has a mistake, this much is shown around the place.
SHOWN_BEFORE, SHOWN_AFTER = 60, 80
MOST_SHOWN = 200


def file_field(label: Any) -> forms.FileField:
    """The file, which may be left out when its text is pasted."""
    return forms.FileField(
        label=label, required=False, widget=forms.FileInput(), allow_empty_file=True
    )


def text_field(label: Any, *, rows: int = 24) -> forms.CharField:
    """The text of the file, to be mended where it stands."""
    attrs = {"rows": rows, "spellcheck": "false", "wrap": "off", "class": "code"}
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        max_length=ROOM,
        widget=forms.Textarea(attrs=attrs),
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the form's content, the file's name and what kept it from being read."""

    data: Any
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the check, beside the words it is about."""

    problem: Problem
    before: str
    at: str


def sent_file(request: HttpRequest, pasted: str) -> Sent:
    """The content with the uploaded file's text as `source`; `pasted` names a text without file.

    A file that is too large or not UTF-8 gives its problems and a text that can be read and mended.
    """
    upload = request.FILES.get("file")
    data: Any = request.POST.copy()
    name = pasted
    problems: tuple[Problem, ...] = ()
    if upload is not None:
        raw = upload.read(MOST_BYTES + 1)
        name = str(upload.name)
        try:
            data["source"] = read_text(raw, name)
        except PlanError as error:
            problems = error.problems
            data["source"] = _legible(raw)
    # Browsers send line ends of their own; the published file has plain ones.
    data["source"] = data.get("source", "").replace("\r\n", "\n")
    return Sent(data, name, problems)


def renewed_if_old(form: KeptForm) -> None:
    """Let a form from an old page be sent again, and say so."""
    if not form.is_valid() and form.lacks_its_key():
        form.renew()
        form.add_error(None, _("This page was too old. Look at it and send it again."))


def findings(problems: Iterable[Problem], text: str) -> list[Finding]:
    """The first findings, each with the words of its line before and at the place."""
    lines = text.split("\n")
    return [_finding(one, lines) for one in tuple(problems)[:MOST_SHOWN]]


def _legible(raw: bytes) -> str:
    """The text of a file in the other encoding that is common here, to be read and sent again."""
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _finding(problem: Problem, lines: list[str]) -> Finding:
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    at = max(problem.column - 1, 0)
    start = max(at - SHOWN_BEFORE, 0)
    return Finding(problem, line[start:at].lstrip(), line[at : at + SHOWN_AFTER].rstrip())
