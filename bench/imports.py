"""An import of many rows: read, tried and written; rows per second and memory.

    python -m bench.imports [--rows 2000] [--json]

A fresh database; a workbook of customers and one of contacts with a number each, both taken in as
a worker does it. The audit entries are counted, so that speed is not bought with silence.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bench.callers import company

CUSTOMERS = ["客户名称", "简称", "备注"]
CONTACTS = ["客户名称", "联系人", "电话", "职务"]


def main() -> int:
    """Measure, print; 1 when a row is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with company():
        figures = [
            taken_in("customers", CUSTOMERS, _customers(options.rows)),
            taken_in("contacts", CONTACTS, _contacts(options.rows)),
        ]
        entries = _audit_entries()
    load = os.getloadavg()[0]
    if options.json:
        print(json.dumps({"load": load, "rows": options.rows, "kinds": figures, "audit": entries}))
    else:
        print(f"{options.rows:,} rows each, load average {load:.1f}, audit entries {entries:,}")
        for one in figures:
            print("  ".join(f"{name} {value}" for name, value in one.items()))
    whole = all(one["written"] == options.rows for one in figures)
    return int(not whole or entries != 2 * options.rows)


def taken_in(kind: str, heads: list[str], rows: Any) -> dict[str, Any]:
    """One file: seconds and rows per second of each phase; the most memory held so far."""
    from django.core.files.base import ContentFile

    from yinuo.domains.imports.services import advance_run, start_import, upload_import
    from yinuo.domains.imports.types import Kind
    from yinuo.domains.network.selectors import list_units

    actor = _taker()
    before = _peak()
    content = _workbook(heads, rows)
    unit_id = next(one.public_id for one in list_units(actor) if one.id == actor.unit_id)
    now = datetime.now(UTC)
    upload = ContentFile(content, name=f"{kind}.xlsx")
    run = upload_import(actor=actor, kind=Kind(kind), unit_id=unit_id, upload=upload, now=now)
    figures: dict[str, Any] = {"kind": kind, "megabytes": round(len(content) / 1e6, 1)}
    started = time.perf_counter()
    advance_run(run.public_id, now=now)
    figures["read_s"] = round(time.perf_counter() - started, 1)
    for phase in ("tried", "wrote"):
        started = time.perf_counter()
        while advance_run(run.public_id, now=datetime.now(UTC)):
            pass
        took = time.perf_counter() - started
        run.refresh_from_db()
        if phase == "tried":
            start_import(actor=actor, run_id=run.public_id, now=datetime.now(UTC))
        figures[f"{phase}_s"] = round(took, 1)
        figures[f"{phase}_rows_per_s"] = round(run.rows / took)
    run.refresh_from_db()
    figures |= {"written": run.written, "wrong": run.wrong}
    figures["peak_mb"], figures["grew_mb"] = round(_peak()), round(_peak() - before)
    return figures


def _customers(many: int) -> Any:
    return ([f"深圳客户{n:06d}有限公司", f"客{n:06d}", "导入"] for n in range(many))


def _contacts(many: int) -> Any:
    return (
        [f"深圳客户{n:06d}有限公司", f"联系{n % 997:03d}", f"138 {n:08d}"[:13], "主管"]
        for n in range(many)
    )


def _workbook(heads: list[str], rows: Any) -> bytes:
    """Written to a file first: the writer's memory is not what is measured."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    with tempfile.TemporaryDirectory(prefix="yinuo-bench-") as folder:
        place = Path(folder) / "rows.xlsx"
        book.save(place)
        return place.read_bytes()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _audit_entries() -> int:
    from yinuo.platform.journal.models import AuditEntry

    actions = ["customer.create", "contact.create"]
    # The few that were there before the files came have another actor's step behind them.
    return AuditEntry.objects.filter(action__in=actions, request_id="").count() - _before()


def _before() -> int:
    from bench.company import CUSTOMERS_PER_UNIT, UNITS

    return 2 * UNITS * CUSTOMERS_PER_UNIT


def _taker() -> Any:
    from yinuo.domains.network.actors import get_actor
    from yinuo.platform.accounts.models import User

    return get_actor(User.objects.get(username="taker").pk)


if __name__ == "__main__":
    sys.exit(main())
