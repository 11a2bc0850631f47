"""Tables of checklists: published templates (never changed), filled checklists and their lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.domains.checklists.types import ChecklistState
from yinuo.platform.identifiers import new_public_id

_OPEN, _FINISHED = ChecklistState.OPEN.value, ChecklistState.FINISHED.value


class TemplateVersion(models.Model):
    """A published template, kept as the file it was published from. Append-only."""

    public_id = models.UUIDField(default=new_public_id)
    code = models.CharField(max_length=64)
    number = models.IntegerField()
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.TextField()
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        db_table = "checklists_template_version"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="checklist_template_public_id"),
            models.UniqueConstraint(fields=["code", "number"], name="checklist_template_number"),
            models.UniqueConstraint(
                fields=["code", "content_hash"], name="checklist_template_content"
            ),
        ]


class Checklist(models.Model):
    """One template version being filled in, or filled in, on one sheet."""

    public_id = models.UUIDField(default=new_public_id)
    version = models.IntegerField(default=1)
    sheet = models.ForeignKey("fieldwork.WorkOrder", models.PROTECT, related_name="+")
    template = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    # The template's code: a sheet has one checklist of each.
    code = models.CharField(max_length=64)
    asset_class = models.CharField(max_length=60, default="")
    state = models.CharField(max_length=12, default=_OPEN)
    # Codes of the lines taken over from an earlier sheet; null: the whole template.
    only = models.JSONField(null=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # Codes of lines left for the next sheet, and why.
    unfinished = models.JSONField(default=list)
    unfinished_reason = models.TextField(default="")
    content_hash = models.CharField(max_length=64, default="")
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=80, default="")

    class Meta:
        db_table = "checklists_checklist"
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="checklist_public_id"),
            models.UniqueConstraint(fields=["sheet", "code"], name="checklist_once_a_sheet"),
            # Lines left over are taken over once.
            models.UniqueConstraint(fields=["carried_from"], name="checklist_carried_once"),
            models.CheckConstraint(
                condition=Q(state=_OPEN, finished_at__isnull=True, finished_by="")
                | (Q(state=_FINISHED, finished_at__isnull=False) & ~Q(content_hash="")),
                name="checklist_state",
            ),
        ]


class Line(models.Model):
    """The answer to one item as it stands; texts and names in it stay erasable here."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="lines")
    item = models.CharField(max_length=64)
    version = models.IntegerField(default=1)
    answer = models.JSONField(null=True)
    note = models.TextField(default="")
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=80)

    class Meta:
        db_table = "checklists_line"
        constraints = [
            models.UniqueConstraint(fields=["checklist", "item"], name="checklist_line_once"),
        ]


class FollowUp(models.Model):
    """The request that a failed line opened; one for each line, however often it is finished."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="follow_ups")
    item = models.CharField(max_length=64)
    # By public id: the request is written with the same step.
    request_id = models.UUIDField()
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "checklists_follow_up"
        constraints = [
            models.UniqueConstraint(fields=["checklist", "item"], name="checklist_follow_up_once"),
            models.UniqueConstraint(fields=["request_id"], name="checklist_follow_up_request"),
        ]
