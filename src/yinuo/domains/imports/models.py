"""Tables of imports: a run, and one row for each row of its file until the run is forgotten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yinuo.domains.imports.types import Kind, State, Step, Verdict
from yinuo.platform.identifiers import new_public_id


class ImportRun(models.Model):
    """One file on its way in. Acts with the rights of `user`, asked anew for every batch."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=State.READING)
    # Whose screens it is on; new customers without a unit of their own go there.
    unit = models.ForeignKey("network.ServiceUnit", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.CharField(max_length=80)
    # In which language its messages are written.
    language = models.CharField(max_length=20)
    file_name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    # When the worker last got on with it: a run that stands still is taken up again, so many times.
    moved_at = models.DateTimeField()
    restarts = models.SmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    columns = models.JSONField(default=list)
    unknown_columns = models.JSONField(default=list)
    refusal = models.TextField(default="", blank=True)
    rows = models.IntegerField(default=0)
    # Kept by the batches, in their own transactions, so that a page need not count.
    checked = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    wrong = models.IntegerField(default=0)
    written = models.IntegerField(default=0)

    class Meta:
        db_table = "imports_run"
        indexes = [
            models.Index(fields=["unit", "-id"], name="imports_of_unit"),
            models.Index(
                fields=["moved_at"],
                name="imports_at_work",
                condition=models.Q(state__in=[State.READING, State.CHECKING, State.WRITING]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(Kind)), name="imports_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=list(State)), name="imports_state_known"
            ),
        ]


class ImportRow(models.Model):
    """A row of a file: cells by column code, what it would do, and what is wrong with it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines")
    number = models.IntegerField()
    # Rows whose parent stands in the same file come after it.
    turn = models.SmallIntegerField(default=0)
    cells = models.JSONField()
    key = models.TextField(default="", blank=True)
    step = models.CharField(max_length=10, default=Step.CHECK)
    verdict = models.CharField(max_length=10, default=Verdict.WAITING)
    problems = models.JSONField(default=list)

    class Meta:
        db_table = "imports_row"
        indexes = [
            models.Index(fields=["run", "step", "turn", "number"], name="imports_rows_to_do"),
            models.Index(
                fields=["run", "number"],
                name="imports_rows_wrong",
                condition=models.Q(verdict=Verdict.WRONG),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="imports_row_once"),
        ]
