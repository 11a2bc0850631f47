"""The reference of the plan language, made from the same tables as the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yinuo.kernel.plan import words
from yinuo.kernel.plan.text import Text
from yinuo.planfile.amounts import UNIT_WORDS
from yinuo.planfile.catalogue import records
from yinuo.planfile.heading import HEADING
from yinuo.planfile.periods import NAMED

TABLES: dict[str, Mapping[str, Text]] = {
    "Subject kinds": words.SUBJECT_KINDS,
    "Fact kinds": words.FACT_KINDS,
    "Promises": words.PROMISES,
    "Reasons to stop the clock": words.STOP_REASONS,
    "Roles": words.ROLES,
    "Channels": words.CHANNELS,
    "Usual selectors": words.SELECTORS,
    "Bases of percentages": words.BASES,
    "Remedies in kind": words.GRANTS,
    "Covered by a warranty": words.COVERED,
    "Parties": words.OWERS,
}


def reference_markdown() -> str:
    """Tables of every key and word."""
    return "\n".join([*_keys(), *_words()])


def _keys() -> Iterator[str]:
    yield "## Every key"
    yield ""
    yield "### heading of every clause"
    yield ""
    yield from _table({name: (key.required, key.about) for name, key in HEADING.items()})
    for record in records().values():
        keys = {
            name: (key.required, key.about)
            for name, key in record.keys.items()
            if not record.name.endswith(" clause") or name not in HEADING
        }
        yield f"### {record.name.removeprefix('a ').removeprefix('an ')}"
        yield ""
        yield from _table(keys)


def _table(keys: Mapping[str, tuple[bool, str]]) -> Iterator[str]:
    yield "| key | meaning |"
    yield "| --- | --- |"
    for name, (required, about) in keys.items():
        mark = " (required)" if required else ""
        yield f"| `{name}`{mark} | {about} |"
    yield ""


def _words() -> Iterator[str]:
    yield "## Every word"
    yield ""
    yield f"Units: {', '.join(f'`{name}`' for name in UNIT_WORDS)}."
    yield ""
    named = ", ".join(f"`{name}`" for name in NAMED)
    yield f"Periods: {named}, `{{rolling: 30 days}}`, `{{seasons: [summer]}}`."
    yield ""
    for title, table in TABLES.items():
        yield f"### {title}"
        yield ""
        yield " · ".join(f"`{code}` {text.zh} ({text.en})" for code, text in table.items())
        yield ""
