"""The template behind a published version; what never changes is read once."""

from __future__ import annotations

from functools import lru_cache

from yinuo.domains.checklists.models import TemplateVersion
from yinuo.kernel.checklists import Checklist
from yinuo.planfile.checklists import load_checklist

MOST_KEPT = 64


@lru_cache(maxsize=MOST_KEPT)
def template_of(version_id: int) -> Checklist:
    """The template of a published version, by its internal id (already scoped by the caller)."""
    version = TemplateVersion.objects.get(pk=version_id)
    return load_checklist(version.source, f"{version.code}-{version.number}")
