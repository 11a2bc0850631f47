"""Documents as PDF: a template and data in, bytes out, without network or file access (R23).

A template is Typst source beside the code that knows what the document is about; it is set into
the house style of `house.typ`, which gives it `data`, `field-table`, `section` and `picture`. Data
are data: nothing in them is ever read as markup. The work is done by a child process that can open
neither a file nor a socket, within limits of time and memory.
"""

from yinuo.platform.rendering.pdf import House, RenderingFailed, render_pdf

__all__ = ["House", "RenderingFailed", "render_pdf"]
