"""Imports that wait for their start."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.base import ContentFile
from tests.factories.company import Member

from yinuo.domains.imports.models import ImportRun
from yinuo.domains.imports.services import advance_run, upload_import
from yinuo.domains.imports.types import Kind

ROWS = "客户名称,简称,注册资本\n云帆数据,云帆,100\n,无名,\n"


def make_import(by: Member, content: str = ROWS, kind: Kind = Kind.CUSTOMERS) -> ImportRun:
    """A file that has been tried: one new customer, one wrong row, a column nobody knows."""
    now = datetime.now(UTC)
    upload = ContentFile(content.encode(), name="客户.csv")
    unit_id = by.person.unit.public_id
    run = upload_import(actor=by.actor, kind=kind, unit_id=unit_id, upload=upload, now=now)
    while advance_run(run.public_id, now=now):
        pass
    run.refresh_from_db()
    return run
