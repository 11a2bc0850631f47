"""Changing a template piece by piece: each act gives another whole template, or says why not."""

from __future__ import annotations

from dataclasses import replace

from yinuo.kernel.checklists.template import Checklist, ChecklistError, Item, Section


def with_section(checklist: Checklist, section: Section) -> Checklist:
    """The section at the end; ChecklistError when its code or one of its items' is taken."""
    return replace(checklist, sections=(*checklist.sections, section), hash="")


def with_item(checklist: Checklist, section_code: str, item: Item) -> Checklist:
    """The item at the end of a section; ChecklistError for a taken code or a bad condition."""
    sections = tuple(
        replace(one, items=(*one.items, item)) if one.code == section_code else one
        for one in checklist.sections
    )
    return replace(checklist, sections=sections, hash="")


def without_item(checklist: Checklist, code: str) -> Checklist:
    """The item left out, and its section with its last one; ChecklistError when another item's
    condition names it, or nothing would be left."""
    sections = tuple(
        replace(one, items=tuple(item for item in one.items if item.code != code))
        for one in checklist.sections
    )
    kept = tuple(one for one in sections if one.items)
    if not kept:
        raise ChecklistError("empty", code, "a checklist keeps at least one item")
    return replace(checklist, sections=kept, hash="")


def moved_item(checklist: Checklist, code: str, by: int) -> Checklist:
    """The item so many places further down (up below 0) within its section; at the end it stays.
    ChecklistError when a condition would look forward."""
    return replace(
        checklist, sections=tuple(_moved(one, code, by) for one in checklist.sections), hash=""
    )


def _moved(section: Section, code: str, by: int) -> Section:
    items = list(section.items)
    place = next((index for index, one in enumerate(items) if one.code == code), None)
    if place is None:
        return section
    items.insert(max(place + by, 0), items.pop(place))
    return replace(section, items=tuple(items))
