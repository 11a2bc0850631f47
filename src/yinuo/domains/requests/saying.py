"""What was said at a step: kept beside the facts, found by hash, erasable (R59)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from yinuo.domains.obligations.types import FactView
from yinuo.domains.requests.models import Request, StepWords
from yinuo.domains.requests.types import Said
from yinuo.platform.journal.work import Work

DIGEST = "words"
# The hash of why a fact took another one's place.
CORRECTION = "correction"


def keep_words(request: Request, words: Mapping[str, str], *, shown: bool, work: Work) -> str:
    """Keep what was said with the running step; gives the hash for the fact, empty for nothing."""
    given = {name: text.strip() for name, text in words.items() if text.strip()}
    if not given:
        return ""
    salt = token_hex(16)
    digest = _digest(salt, given)
    work.add(StepWords(digest=digest, request_id=request.pk, salt=salt, words=given, shown=shown))
    return digest


def keep_apart(request: Request, words: Mapping[str, str]) -> str:
    """The same for words beside the facts, such as a contact's name on a paper; kept at once."""
    given = {name: text.strip() for name, text in words.items() if text.strip()}
    if not given:
        return ""
    salt = token_hex(16)
    digest = _digest(salt, given)
    StepWords.objects.create(digest=digest, request_id=request.pk, salt=salt, words=given)
    return digest


def kept_apart(digest: str) -> Mapping[str, str] | None:
    """The words kept under a hash; None when they were erased or do not fit it any more."""
    row = StepWords.objects.filter(digest=digest).first() if digest else None
    if row is None or not row.salt or _digest(row.salt, row.words) != row.digest:
        return None
    words: Mapping[str, str] = row.words
    return words


def said_of(request: Request, facts: Iterable[FactView]) -> dict[UUID, Said]:
    """What was said at each of a request's facts, by the fact's id."""
    rows = {row.digest: row for row in StepWords.objects.filter(request_id=request.pk)}
    found: dict[UUID, Said] = {}
    for fact in facts:
        row = rows.get(str(fact.attrs.get(DIGEST, "")))
        why = rows.get(str(fact.attrs.get(CORRECTION, "")))
        correction = why.words.get("reason", "") if why else ""
        if row is not None:
            is_whole = bool(row.salt) and _digest(row.salt, row.words) == row.digest
            found[fact.public_id] = Said(row.words, row.shown, is_whole, correction)
        elif correction:
            found[fact.public_id] = Said({}, False, correction=correction)
    return found


def _digest(salt: str, words: Mapping[str, str]) -> str:
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return sha256(f"{salt}\n{text}".encode()).hexdigest()
