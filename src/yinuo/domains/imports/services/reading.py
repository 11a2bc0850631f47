"""The first phase of a run: its file becomes rows, read once, a part in each transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from yinuo.domains.imports.columns import column_of, head_of, recognised
from yinuo.domains.imports.keys import key_of
from yinuo.domains.imports.kinds.customers import key_of_customer
from yinuo.domains.imports.models import ImportRow, ImportRun
from yinuo.domains.imports.services.runs import PURPOSE
from yinuo.domains.imports.types import Kind, Problem, State, Step, Verdict
from yinuo.domains.imports.values import is_cut, text_of
from yinuo.platform.errors import NotFound
from yinuo.platform.files.names import extension_of
from yinuo.platform.files.selectors import list_files, open_file
from yinuo.platform.files.types import owner_of
from yinuo.platform.journal.bulk import insert_together
from yinuo.platform.tabular import Line, TableRefused, Trouble, open_table

MOST_ROWS = 200_000
AT_ONCE = 2_000
# Titles and remarks may stand above the heads.
FIRST_LINES = 20
FEWEST_HEADS = 2
MOST_UNKNOWN = 50
# Columns of which one set must be there, or nothing can be found.
_KEYS = {
    Kind.CUSTOMERS: ("name",),
    Kind.SITES: ("customer", "name"),
    Kind.CONTACTS: ("customer", "name"),
    Kind.ASSETS: ("customer", "name"),
    Kind.COMPONENTS: ("asset_serial", "name"),
    Kind.CONTRACTS: ("customer", "number"),
    Kind.PROJECTS: ("customer", "name"),
    Kind.PAPERS: ("customer", "title"),
    Kind.EVENTS: ("asset_serial", "happened_on"),
}
_TEXTS = frozenset({"text", "folded", "phones", "list"})
_SAME = """
UPDATE imports_row AS row SET step = %s, verdict = %s,
    problems = jsonb_build_array(jsonb_build_object(
        'column', '', 'value', '', 'message', replace(%s, '{row}', first.number::text)))
FROM (SELECT key, min(number) AS number FROM imports_row WHERE run_id = %s AND key <> ''
      GROUP BY key HAVING count(*) > 1) AS first
WHERE row.run_id = %s AND row.key = first.key AND row.number > first.number
"""


def read_file(run: ImportRun) -> None:
    """Read the file of a run into rows and pass it on to the check.

    Started again after a kill it goes on behind the last row kept. Two workers on one run do not
    double a row: a part is kept only behind the row that this reading saw last.
    Raises TableRefused when the file cannot be used.
    """
    owner = owner_of(run)
    [stored] = list_files(owner, purpose=PURPOSE)
    last = run.lines.aggregate(last=Max("number"))["last"] or 0
    try:
        opened = open_file(owner, stored.public_id)
    except NotFound as error:
        raise TableRefused(_("The file is gone. Send it again.")) from error
    with closing(opened.content) as content:
        lines = open_table(content, extension_of(stored.name)).lines
        heads, codes = _heads(Kind(run.kind), lines)
        unknown = [head for index, head in heads.items() if index not in codes][:MOST_UNKNOWN]
        part: list[ImportRow] = []
        for line in lines:
            row = _row(run, line, codes) if line.number > last else None
            if row is not None:
                part.append(row)
            if len(part) == AT_ONCE:
                last = _keep(run, part, last)
                part = []
        _keep(run, part, last)
    _pass_on(run, list(codes.values()), unknown)


def _heads(kind: Kind, lines: Iterator[Line]) -> tuple[dict[int, str], dict[int, str]]:
    """Heads and column codes by position: the first line that has heads we know."""
    best: dict[int, str] = {}
    for _number in range(FIRST_LINES):
        line = next(lines, None)
        if line is None:
            break
        heads = {index: text_of(cell) for index, cell in enumerate(line.cells)}
        heads = {index: head for index, head in heads.items() if head}
        texts = [heads.get(index, "") for index in range(len(line.cells))]
        codes = recognised(kind, texts)
        best = max(best, codes, key=len)
        if len(codes) >= min(FEWEST_HEADS, len(_KEYS[kind])) and _has_key(kind, codes):
            return heads, codes
    lacking = [code for code in _KEYS[kind] if code not in best.values()]
    named = _(", ").join(head_of(kind, code) for code in lacking)
    message = _("The file has no column “%(columns)s”. Take the template and fill it in.")
    raise TableRefused(message % {"columns": named})


def _has_key(kind: Kind, codes: dict[int, str]) -> bool:
    found = set(codes.values())
    if "customer_id" in found:
        found.add("customer")
    if "asset_id" in found:
        found.add("asset_serial")
    return "id" in found or found.issuperset(_KEYS[kind])


def _row(run: ImportRun, line: Line, codes: dict[int, str]) -> ImportRow | None:
    """The row to keep; None when nothing stands in the columns we know."""
    kind = Kind(run.kind)
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    for index, code in codes.items():
        cell = line.cells[index] if index < len(line.cells) else None
        text = text_of(cell)
        if text:
            cells[code] = text
        if index in line.troubles:
            problems.append(Problem(code, text, _trouble(line.troubles[index])))
        elif is_cut(cell) and _type_of(kind, code) in _TEXTS:
            problems.append(Problem(code, text, _cut()))
    if not cells and not problems:
        return None
    return ImportRow(
        run=run,
        number=line.number,
        cells=cells,
        # A row with a cell that cannot be read stands for nothing that others could repeat.
        key="" if problems else key_of(kind, cells),
        step=Step.NOTHING if problems else Step.CHECK,
        verdict=Verdict.WRONG if problems else Verdict.WAITING,
        problems=[asdict(one) for one in problems],
    )


def _type_of(kind: Kind, code: str) -> str:
    column = column_of(kind, code)
    return column.type if column else ""


def _keep(run: ImportRun, part: list[ImportRow], last: int) -> int:
    """Insert a part behind row `last`; gives the number of its own last row."""
    if not part:
        return last
    with transaction.atomic():
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        present = run.lines.aggregate(last=Max("number"))["last"] or 0
        if held.state != State.READING or present != last:
            raise TakenOver
        if held.rows + len(part) > MOST_ROWS:
            raise TableRefused(
                _("A file may have at most %(rows)d rows. Split it and send the parts.")
                % {"rows": MOST_ROWS}
            )
        insert_together(part)
        ImportRun.objects.filter(pk=run.pk).update(rows=held.rows + len(part), moved_at=Now())
    return part[-1].number


class TakenOver(Exception):
    """Somebody else reads this run, or it was called off: nothing is left to do here."""


def _pass_on(run: ImportRun, codes: list[str], unknown: list[str]) -> None:
    with transaction.atomic():
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        if held.state != State.READING:
            raise TakenOver
        if held.rows == 0:
            raise TableRefused(_("No row stands below the heads of the columns."))
        if held.kind == Kind.CUSTOMERS:
            _set_turns(held)
        message = _("The same as row {row} of this file. Keep one of them.")
        with connection.cursor() as cursor:
            cursor.execute(_SAME, [Step.NOTHING, Verdict.WRONG, message, held.pk, held.pk])
        held.wrong = held.checked = held.lines.filter(verdict=Verdict.WRONG).count()
        held.columns, held.unknown_columns = codes, unknown
        held.state = State.CHECKING
        held.save()
        ImportRun.objects.filter(pk=held.pk).update(moved_at=Now())


def _set_turns(run: ImportRun) -> None:
    """Customers come after the parents that stand in the same file, whatever their rows' order."""
    child = run.lines.filter(cells__has_key="parent").values_list("id", "key", "cells__parent")
    above = {key.partition("\n")[0]: key_of_customer(parent) for _id, key, parent in child}
    turns: dict[int, list[int]] = {}
    for row_id, key, _parent in child:
        turn, name = 0, key.partition("\n")[0]
        while name in above and turn <= MOST_TURNS:
            turn, name = turn + 1, above[name]
        turns.setdefault(turn, []).append(row_id)
    for turn, ids in turns.items():
        run.lines.filter(id__in=ids).update(turn=turn)


# A circle in the file is cut here; the service then says what is wrong with it.
MOST_TURNS = 10


def _trouble(trouble: Trouble) -> str:
    return {
        Trouble.MERGED: _("Merged cells: split them, so that every row has its own cells."),
        Trouble.NOT_COMPUTED: _("A formula without a value: put the value in its place."),
        Trouble.ERROR: _("An error of the spreadsheet stands here: put the value in its place."),
    }[trouble]


def _cut() -> str:
    return _("The spreadsheet cut this number after 15 digits: format the column as text.")
