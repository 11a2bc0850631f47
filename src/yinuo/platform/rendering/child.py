"""The child process that sets one document: JSON on standard input, the PDF on standard output.

Run as a script in isolated mode. Before it looks at the document it gives up the right to open
any file or socket and limits its own time and memory.
"""

from __future__ import annotations

import json
import resource
import sys

import typst

CPU_SECONDS = 20
# Most of it is address space of threads and of the mapped font, not memory in use.
ADDRESS_SPACE_BYTES = 2 * 1024**3
# Every weight and shape the house style uses is loaded by setting this once.
_WARM_UP = '#set text(font: "Noto Sans CJK SC")\n中 *中* _a_'


def main() -> None:
    """Read the order, set the document, write it."""
    order = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]]
    )
    compiler = typst.Compiler(b"", root=".", font_paths=fonts, ignore_system_fonts=True)
    compiler.compile(_WARM_UP.encode(), format="pdf")
    _shut_the_doors()
    inputs = {name: json.dumps(order[name]) for name in ("data", "house", "pictures")}
    pdf = compiler.compile(
        order["source"].encode(),
        format="pdf",
        sys_inputs=inputs,
        timestamp=order["made_at"],
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


def _shut_the_doors() -> None:
    """No further file or socket, from here on, for anything in this process (R23)."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE_BYTES, ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    main()
