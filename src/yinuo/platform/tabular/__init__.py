"""Tables that people send: XLSX and CSV read row by row, with bounded memory, or refused in words.

What it does: opens a file, checks it before unpacking, and gives cells with the number of their
row, so that a message can say where something is wrong.
What it never does: know what a column means; keep a whole sheet in memory; compute a formula.
"""

from yinuo.platform.tabular.reading import open_table
from yinuo.platform.tabular.types import Cell, Line, Table, TableRefused, Trouble

__all__ = ["Cell", "Line", "Table", "TableRefused", "Trouble", "open_table"]
