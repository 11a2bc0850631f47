"""Tables of document templates: what was written, in versions, and which version held from when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yinuo.platform.identifiers import new_public_id


class DocumentTemplate(models.Model):
    """A kind of document in one language, from the first time somebody wrote for it."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    # Counts every change; 1 is what the product ships with, before there is a row.
    version = models.IntegerField(default=1)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)

    class Meta:
        db_table = "document_templates_template"
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="document_template_once"),
            models.CheckConstraint(
                condition=Q(language__in=["zh", "en"]), name="document_template_language"
            ),
        ]


class TemplateText(models.Model):
    """A version of what was written. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="texts")
    number = models.IntegerField()
    content = models.JSONField()
    # The picture, a file of the template.
    logo_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)

    class Meta:
        db_table = "document_templates_text"
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="document_text_number"),
        ]


class TemplatePublication(models.Model):
    """From when on a version holds; without one, what the product ships with. Append-only."""

    public_id = models.UUIDField(default=new_public_id, unique=True)
    template = models.ForeignKey(DocumentTemplate, models.PROTECT, related_name="publications")
    text = models.ForeignKey(TemplateText, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        db_table = "document_templates_publication"
        indexes = [
            models.Index(fields=["template", "-at", "-id"], name="document_template_in_force"),
        ]
