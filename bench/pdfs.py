"""PDFs a second: contact sheet and filled checklist in both languages, short and with long texts.

    python -m bench.pdfs [--times 12] [--json]

Everything a download does once its content is read: the words of the template, the cleaning of the
texts, the child process that sets the page and what it gives back, as many at once as the product
allows. Wall time depends on what else the machine does; processor time of the child is beside it.
Memory is the largest a child had.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from resource import RUSAGE_CHILDREN, getrusage
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yinuo.domains.document_templates.in_force import Template

# As many as `rendering.pdf` sets at once.
AT_ONCE = 2
SENTENCES = {
    "zh": "设备运行中风扇有异响，已清理灰尘并更换风扇，通电观察三十分钟，温度与转速均正常。",
    "en": "The fan was noisy while running; dust was removed, the fan replaced, and the device"
    " watched under power for thirty minutes: temperature and speed are as they should be. ",
}
# Of a long text, and of a long checklist.
SENTENCES_EACH, LINES = 30, 120
MADE_AT = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True)
class Document:
    """One document to be made, as often as wanted."""

    name: str
    template: Template
    language: str
    data: dict[str, Any]

    def pdf(self) -> bytes:
        """Made once more."""
        from django.utils.translation import override

        from yinuo.domains.document_templates.kinds import LANGUAGES
        from yinuo.platform.rendering import House

        house = House(
            company="示例科技有限公司",
            unit="服务中心",
            title=self.template.title,
            number="2026-0001",
            note="FW-2026-0001",
            language=self.language,
            made_at=MADE_AT,
        )
        with override(LANGUAGES[self.language]):
            return self.template.pdf(self.data, house=house)


def main() -> int:
    """Measure, print; 1 when a document is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yinuo.config.settings")
    import django

    django.setup()
    figures = {one.name: measured(one, options.times) for one in documents()}
    memory = round(getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024)
    load = round(os.getloadavg()[0], 1)
    if options.json:
        print(json.dumps({"documents": figures, "child_mb": memory, "load": load}))
        return 0
    print(f"{'':28}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}{'kB':>7}")
    for name, found in figures.items():
        rate, p50, p95, cpu, size = found.values()
        print(f"{name:28}{rate:>10}{p50:>9}{p95:>9}{cpu:>9}{size:>7}")
    print(f"largest child {memory} MB, load {load}")
    return 0


def documents() -> Iterator[Document]:
    """Contact sheet and checklist, short and long, Chinese and English."""
    from django.utils.translation import override

    from yinuo.domains.checklists.document_kinds import CHECKLIST
    from yinuo.domains.document_templates.in_force import Template
    from yinuo.domains.document_templates.kinds import LANGUAGES
    from yinuo.domains.document_templates.preview import sample_of
    from yinuo.domains.fieldwork.document_kinds import CONTACT_SHEET

    for kind, lengthened in ((CONTACT_SHEET, talkative), (CHECKLIST, thorough)):
        template = Template(kind)
        for language in LANGUAGES:
            with override(LANGUAGES[language]):
                short = sample_of(template, language)
            yield Document(f"{kind.code} {language} short", template, language, short)
            long = lengthened(deepcopy(short), language)
            yield Document(f"{kind.code} {language} long", template, language, long)


def talkative(sheet: dict[str, Any], language: str) -> dict[str, Any]:
    """The sheet of somebody who wrote a great deal into every box."""
    for text in sheet["texts"]:
        text["value"] = SENTENCES[language] * SENTENCES_EACH
    return sheet


def thorough(checklist: dict[str, Any], language: str) -> dict[str, Any]:
    """A checklist of many lines, each with a remark."""
    section = checklist["sections"][0]
    line = {**section["lines"][0], "note": SENTENCES[language]}
    section["lines"] = [{**line, "number": str(number)} for number in range(1, LINES + 1)]
    return checklist


def measured(document: Document, times: int) -> dict[str, float]:
    """Documents a second, the milliseconds of one, the child's processor time, its kilobytes."""
    spent = processor_seconds()

    def once(_number: int) -> tuple[float, int]:
        began = time.perf_counter()
        pdf = document.pdf()
        assert pdf.startswith(b"%PDF")
        return (time.perf_counter() - began) * 1000, len(pdf)

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as both:
        made = list(both.map(once, range(times)))
    whole = time.perf_counter() - began
    cuts = statistics.quantiles([took for took, _size in made], n=20)
    return {
        "a_second": round(times / whole, 1),
        "p50_ms": round(cuts[9]),
        "p95_ms": round(cuts[18]),
        "cpu_ms": round((processor_seconds() - spent) * 1000 / times),
        "kilobytes": round(made[0][1] / 1024),
    }


def processor_seconds() -> float:
    """What all children that ended have used."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(main())
