"""Facts as JSON lines: forgiving about what is left out, strict about what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from yinuo.kernel.evaluation.clocks import YEARS
from yinuo.kernel.facts import Fact
from yinuo.kernel.plan.plan import Plan
from yinuo.kernel.plan.words import FACT_KINDS, SUBJECT_KINDS
from yinuo.planfile.messages import Message
from yinuo.planfile.problems import Problem, Severity, did_you_mean

KEYS = (
    "subject",
    "kind",
    "occurred_at",
    "received_at",
    "attrs",
    "id",
    "supersedes",
    "source",
    "evidence",
)


class _WrongError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def read_facts(data: bytes, plan: Plan) -> tuple[list[Fact], list[Problem]]:
    """The facts of a JSON-lines file and what is wrong with it, by line.

    `received_at` left out is `occurred_at`, `attrs` left out is empty, empty lines are skipped. A
    subject or fact kind that is not in the vocabulary is a warning: the fact is read all the same.
    """
    facts: list[Fact] = []
    problems: list[Problem] = []
    known = _vocabulary(plan)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            fact = _fact(_object(line))
        except _WrongError as wrong:
            problems.append(Problem(number, 1, Severity.ERROR, wrong.code, wrong.message))
            continue
        facts.append(fact)
        problems.extend(_unknown_words(fact, number, known))
    return facts, problems


def _vocabulary(plan: Plan) -> tuple[set[str], set[str]]:
    subjects = {code for table, code, _ in plan.words if table == "subjects"}
    kinds = {code for table, code, _ in plan.words if table == "facts"}
    return {*SUBJECT_KINDS, *subjects}, {*FACT_KINDS, *kinds}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: of two values nobody could say which one is meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _WrongError("duplicate_key", Message('the key "{key}" is written twice', key=twice))
    return found


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            line.decode("utf-8"),
            parse_float=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError:
        raise _WrongError("not_utf8", "the line is not UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        raise _WrongError(
            "not_json", Message("the line is not a JSON object: {error}", error=error)
        ) from None
    if not isinstance(value, dict):
        raise _WrongError("not_json", "a line holds one JSON object")
    unknown = [key for key in value if key not in KEYS]
    if unknown:
        hint = did_you_mean(unknown[0], KEYS)
        raise _WrongError(
            "unknown_key",
            Message('a fact has no key "{unknown}"{hint}', unknown=unknown[0][:40], hint=hint),
        )
    return value


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _fact(value: dict[str, Any]) -> Fact:
    subject = _text(value, "subject")
    kind, colon, name = subject.partition(":")
    if not (kind and colon and name):
        raise _WrongError(
            "bad_subject",
            Message('"{subject}" is no subject such as request:1', subject=subject[:40]),
        )
    occurred_at = _instant(value, "occurred_at")
    received_at = occurred_at
    if value.get("received_at") is not None:
        received_at = _instant(value, "received_at")
    attrs = {} if value.get("attrs") is None else value["attrs"]
    if not isinstance(attrs, dict):
        raise _WrongError("wrong_type", "attrs is an object")
    attrs = dict(attrs)
    for key in ("source", "evidence"):
        if value.get(key) is not None:
            attrs.setdefault(key, value[key])
    return Fact(
        subject,
        _text(value, "kind"),
        occurred_at,
        received_at,
        attrs,
        _name(value, attrs, "id"),
        _name(value, attrs, "supersedes"),
    )


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    if found is None:
        raise _WrongError("missing_key", Message('the fact lacks "{key}"', key=key))
    if not isinstance(found, str) or not found.strip():
        raise _WrongError("wrong_type", Message("{key} is a text", key=key))
    return found


def _name(value: dict[str, Any], attrs: dict[str, Any], key: str) -> str:
    found = value.get(key, attrs.get(key))
    if found is None:
        return ""
    if not isinstance(found, str | int) or isinstance(found, bool):
        raise _WrongError("wrong_type", Message("{key} is a text", key=key))
    return str(found)


def _instant(value: dict[str, Any], key: str) -> datetime:
    return instant_in(_text(value, key), key)


def instant_in(text: str, key: str) -> datetime:
    """An aware instant in UTC from ISO 8601 text; ValueError says what is missing."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            utc = found.astimezone(UTC)
            if utc.year in YEARS:
                return utc
            raise ValueError
    except (ValueError, OverflowError):
        message = Message(
            '{key}: "{text}" is no instant such as 2026-05-01T23:10:00+08:00',
            key=key,
            text=text[:40],
        )
        raise _WrongError("bad_instant", message) from None
    raise _WrongError(
        "no_zone",
        Message('{key}: "{text}" lacks its zone, such as +08:00', key=key, text=text[:40]),
    )


def _unknown_words(fact: Fact, line: int, known: tuple[set[str], set[str]]) -> Iterable[Problem]:
    subjects, kinds = known
    if fact.subject_kind not in subjects:
        hint = did_you_mean(fact.subject_kind, subjects)
        message = Message(
            '"{subject_kind}" is no subject kind{hint}',
            subject_kind=fact.subject_kind[:40],
            hint=hint,
        )
        yield Problem(line, 1, Severity.WARNING, "unknown_word", message)
    if fact.kind not in kinds:
        hint = did_you_mean(fact.kind, kinds)
        message = Message(
            '"{kind}" is no fact kind; nothing counts it{hint}', kind=fact.kind[:40], hint=hint
        )
        yield Problem(line, 1, Severity.WARNING, "unknown_word", message)
