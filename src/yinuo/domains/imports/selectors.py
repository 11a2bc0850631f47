"""Reading imports; limited to what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from yinuo.domains.imports.models import ImportRow, ImportRun
from yinuo.domains.imports.policies import visible_runs
from yinuo.domains.imports.types import Kind, Problem, RunRow, State, Verdict, WrongRow
from yinuo.domains.network.types import Actor
from yinuo.platform.paging import Page, page_of
from yinuo.platform.scoped import one_of

AT_ONCE = 1_000


def list_runs(actor: Actor, *, cursor: str = "", limit: int = 50) -> Page[RunRow]:
    """Visible imports, newest first."""
    return page_of(visible_runs(actor), order=("-id",), cursor=cursor, limit=limit).map(_run_row)


def get_run(actor: Actor, run_id: object) -> RunRow:
    """One visible import; NotFound otherwise."""
    return _run_row(one_of(visible_runs(actor), run_id))


def list_wrong_rows(
    actor: Actor, run_id: object, *, cursor: str = "", limit: int = 50
) -> Page[WrongRow]:
    """Rows of a visible import that cannot be taken, in the order of the file."""
    rows = _wrong(one_of(visible_runs(actor), run_id))
    return page_of(rows, order=("number",), cursor=cursor, limit=limit).map(_wrong_row)


def every_wrong_row(actor: Actor, run_id: object) -> Iterator[WrongRow]:
    """All of them, read a part at a time."""
    rows = _wrong(one_of(visible_runs(actor), run_id)).order_by("number")
    last = 0
    while part := list(rows.filter(number__gt=last)[:AT_ONCE]):
        yield from map(_wrong_row, part)
        last = part[-1].number


def _wrong(run: ImportRun) -> QuerySet[ImportRow]:
    return run.lines.filter(verdict=Verdict.WRONG)


def _run_row(run: ImportRun) -> RunRow:
    return RunRow(
        public_id=run.public_id,
        kind=Kind(run.kind),
        state=State(run.state),
        file_name=run.file_name,
        person=run.person,
        created_at=run.created_at,
        moved_at=run.moved_at,
        ended_at=run.ended_at,
        columns=tuple(run.columns),
        unknown_columns=tuple(run.unknown_columns),
        refusal=run.refusal,
        rows=run.rows,
        checked=run.checked,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        wrong=run.wrong,
        written=run.written,
    )


def _wrong_row(row: ImportRow) -> WrongRow:
    return WrongRow(row.number, tuple(Problem(**one) for one in row.problems))
