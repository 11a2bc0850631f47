"""What happens to a letter of contact: ours confirmed, sent, answered, withdrawn, proved wrong."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from yinuo.domains.billing.letter_models import Letter
from yinuo.domains.billing.letter_policies import letters_behind, may_confirm, next_steps
from yinuo.domains.billing.letter_types import AnswerWay
from yinuo.domains.billing.services.letter_moving import locked_letter, move, require_state_for
from yinuo.domains.billing.services.sending import checked_reason
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.types import SYSTEM, Actor
from yinuo.kernel.offer_states import OfferState
from yinuo.platform.days import end_of
from yinuo.platform.errors import Forbidden, IllegalMove, InvalidInput, NotFound
from yinuo.platform.files.services import store_file
from yinuo.platform.files.types import Limits, Upload, owner_of
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.links.services import issue_link, revoke_links
from yinuo.platform.links.types import Holder, Link

LINK_PURPOSE = "letter"
PROOF = "letter_proof"
ACCEPTED, DECLINED = OfferState.ACCEPTED.value, OfferState.DECLINED.value
NAME_LENGTH, REASON_LENGTH = 80, 4_000
MOST_AT_ONCE = 200


class SentLetter(NamedTuple):
    """The letter and the secret of its link, which is shown this once."""

    letter: Letter
    secret: str


class PaperAnswer(NamedTuple):
    """An answer on paper: who signed it when, and the scan or photograph of it."""

    outcome: str
    name: str
    answered_at: datetime | None
    upload: Upload
    reason: str = ""


def confirm_letter(*, actor: Actor, letter_id: object, version: int, now: datetime) -> Letter:
    """Our side confirms work, time and cost of a draft.

    Raises Forbidden without the right, and to the writer where the company asks for a second
    person; IllegalMove when it is no draft or confirmed already.
    """
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version, Permission.LETTER_CONFIRM)
        require_state_for(letter, "edited")
        if not may_confirm(actor, letter):
            raise Forbidden(_("Somebody else than the writer confirms a letter."))
        if letter.confirmed_at is not None:
            raise IllegalMove
        changes = {"confirmed_at": now, "confirmed_by": actor.label}
        stored(letter, expected_version=None, changes=changes)
        work.audit("letter.confirmed", letter, after={"total": str(letter.total)})
        work.emit("letter.confirmed", letter, {"number": letter.number})
        return letter


def send_letter(*, actor: Actor, letter_id: object, version: int, now: datetime) -> SentLetter:
    """Send a confirmed draft: its words are fixed, and the customer answers by the link. Sent
    already, it gets a fresh link; the one before becomes void. The link ends with the last day.

    Raises IllegalMove before our confirmation and after an end, InvalidInput when the last day is
    over.
    """
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version)
        ends = end_of(letter.valid_until)
        if letter.state != OfferState.SENT.value:
            require_state_for(letter, "sent")
        if letter.confirmed_at is None:
            raise IllegalMove(_("Our own side confirms the letter before it is sent."))
        if ends <= now:
            raise InvalidInput({"valid_until": _("Its last day is over. Give it a later one.")})
        if letter.state != OfferState.SENT.value:
            changes = {"sent_at": now, "sent_by": actor.label, "content_hash": content_hash(letter)}
            move(letter, "sent", changes, work=work)
        owner = owner_of(letter)
        secret = issue_link(
            purpose=LINK_PURPOSE, owner=owner, expires_at=ends, actor=actor, now=now
        )
        return SentLetter(letter, secret)


def answer_letter(*, link: Link, name: str, outcome: str, reason: str, now: datetime) -> Letter:
    """The customer accepts or declines by the link he holds; call it inside `use_link`.

    Raises NotFound when the letter is gone, IllegalMove when it does not wait for an answer,
    InvalidInput on `reason` when it is declined without one.
    """
    said = _reason_for(outcome, reason)
    with writing(actor=Holder(name), now=now) as work:
        letter = letters_behind(link).select_for_update().first()
        if letter is None or link.purpose != LINK_PURPOSE:
            raise NotFound
        changes = {
            "ended_at": now,
            "ended_by": name,
            "ended_way": AnswerWay.LINK.value,
            "ended_reason": said,
        }
        move(letter, outcome, changes, work=work, reason=said)
        return letter


def record_letter_answer(
    *, actor: Actor, letter_id: object, version: int, answer: PaperAnswer, now: datetime
) -> Letter:
    """Take down an answer that the customer gave on paper, with the paper as proof.

    Raises InvalidInput by field, IllegalMove when the letter does not wait for an answer.
    """
    said = _reason_for(answer.outcome, answer.reason)
    name = " ".join(answer.name.split())
    at = answer.answered_at or now
    if not 0 < len(name) <= NAME_LENGTH:
        raise InvalidInput({"name": _("Give the customer's name, in at most 80 characters.")})
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version)
        require_state_for(letter, answer.outcome)
        assert letter.sent_at is not None
        if not letter.sent_at <= at <= now:
            raise InvalidInput({"answered_at": _("Give a time between the sending and now.")})
        limits = Limits(settings.UPLOAD_FILE_BYTES, settings.UPLOAD_DAILY_BYTES)
        proof = store_file(
            owner=owner_of(letter),
            purpose=PROOF,
            upload=answer.upload,
            limits=limits,
            actor=actor,
            now=now,
        )
        changes = {
            "ended_at": at,
            "ended_by": name,
            "ended_way": AnswerWay.PAPER.value,
            "ended_reason": said,
            "proof_id": proof.public_id,
        }
        move(letter, answer.outcome, changes, work=work, reason=said)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(letter), actor=actor, now=now)
        return letter


def withdraw_letter(
    *, actor: Actor, letter_id: object, version: int, reason: str, now: datetime
) -> Letter:
    """Take a letter back before it is answered; the work goes on without it.

    Raises InvalidInput without a reason, IllegalMove once it was answered or ran out.
    """
    said = checked_reason(reason)
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version)
        changes = {"ended_at": now, "ended_by": actor.label, "ended_reason": said}
        move(letter, "withdrawn", changes, work=work, reason=said)
        revoke_links(purpose=LINK_PURPOSE, owner=owner_of(letter), actor=actor, now=now)
        return letter


def mark_wrong_diagnosis(
    *, actor: Actor, letter_id: object, version: int, reason: str, now: datetime
) -> Letter:
    """Our diagnosis was wrong: labour and material of this letter are at our cost (LV-11).

    Raises InvalidInput without a reason, IllegalMove for a letter that was not sent, was declined
    or is marked already.
    """
    said = checked_reason(reason)
    with writing(actor=actor, now=now) as work:
        letter = locked_letter(actor, letter_id, version)
        if "wrong" not in next_steps(actor, letter):
            raise IllegalMove(details={"state": letter.state, "kind": "wrong"})
        changes = {"wrong_at": now, "wrong_by": actor.label, "wrong_reason": said}
        stored(letter, expected_version=None, changes=changes)
        after = {"charged": "0.00", "ours": str(letter.total)}
        work.audit("letter.wrong", letter, after=after, reason=said)
        work.emit("letter.proved_wrong", letter, {"number": letter.number})
        return letter


def expire_letters(*, now: datetime) -> int:
    """End letters whose last day is over without an answer; the work goes on waiting for the next
    one. Gives how many."""
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    with writing(actor=SYSTEM, now=now) as work:
        waiting = Letter.objects.filter(state=OfferState.SENT.value, valid_until__lt=today)
        rows = list(waiting.select_for_update(skip_locked=True).order_by("id")[:MOST_AT_ONCE])
        for letter in rows:
            move(letter, "expired", {"ended_at": now, "ended_by": SYSTEM.label}, work=work)
        return len(rows)


def content_hash(letter: Letter) -> str:
    """SHA-256 of what both sides confirm: the words, the lines, the total, the last day (R55)."""
    content = {
        "number": letter.number,
        "findings": letter.findings,
        "work_planned": letter.work_planned,
        "time_needed": letter.time_needed,
        "lines": letter.lines,
        "costs": letter.costs,
        "total": f"{letter.total:f}",
        "valid_until": letter.valid_until.isoformat(),
    }
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _reason_for(outcome: str, reason: str) -> str:
    if outcome not in (ACCEPTED, DECLINED):
        raise InvalidInput({"outcome": _("Choose one.")})
    if outcome == DECLINED:
        return checked_reason(reason)
    said = reason.strip()
    if len(said) > REASON_LENGTH:
        raise InvalidInput(
            {"reason": _("Use at most %(most)d characters.") % {"most": REASON_LENGTH}}
        )
    return said
