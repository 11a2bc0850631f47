"""One door for both kinds of file."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from yinuo.platform.tabular.commas import open_commas
from yinuo.platform.tabular.types import Table, TableRefused
from yinuo.platform.tabular.workbooks import open_workbook

_OPENERS = {"xlsx": open_workbook, "csv": open_commas, "txt": open_commas}


def open_table(file: IO[bytes], extension: str) -> Table:
    """The table in a file. `extension` without dot, any case. Raises TableRefused.

    Lines are read while they are asked for, and reading may raise TableRefused later.
    """
    opener = _OPENERS.get(extension.lower())
    if opener is None:
        raise TableRefused(_("Send an XLSX or CSV file. Save an old XLS file as XLSX first."))
    return opener(file)
