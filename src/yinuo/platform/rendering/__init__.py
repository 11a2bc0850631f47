"""Documents as PDF and DOCX: a template and data in, bytes out, without network or files (R23).

A template of a PDF is Typst source beside the code that knows what the document is about; it is
set into the house style of `house.typ`, which gives it `data`, `field-table`, `section`, `picture`
and `closing`. Data are data: nothing in them is ever read as markup. The work is done by a child
process that can open neither a file nor a socket, within limits of time and memory. A DOCX is
written from the same data by a list of blocks (`docx.py`). What users wrote around a document
comes with its `House` (`wording.py`).
"""

from yinuo.platform.rendering.docx import render_docx
from yinuo.platform.rendering.pdf import House, RenderingFailed, render_pdf
from yinuo.platform.rendering.wording import Wording

__all__ = ["House", "RenderingFailed", "Wording", "render_docx", "render_pdf"]
