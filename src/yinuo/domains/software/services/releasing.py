"""Publishing a version with its notes and files, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yinuo.domains.assets.classes import AssetClass, checked_class
from yinuo.domains.network.permissions import Permission
from yinuo.domains.network.policies import require
from yinuo.domains.network.types import Actor
from yinuo.domains.software.models import SoftwareRelease
from yinuo.domains.software.policies import visible_releases
from yinuo.domains.software.types import ReleaseData, ReleaseKind
from yinuo.platform.days import day_of
from yinuo.platform.errors import IllegalMove, InvalidInput
from yinuo.platform.files.services import staff_limits, store_file
from yinuo.platform.files.types import FileView, Upload, owner_of
from yinuo.platform.journal.work import stored, writing
from yinuo.platform.scoped import one_of

PURPOSE = "release"
NUMBER_LENGTH, NOTES_LENGTH, REASON_LENGTH = 60, 20_000, 200


def publish_release(*, actor: Actor, data: ReleaseData, now: datetime) -> SoftwareRelease:
    """Publish a version or patch. Raises Forbidden, InvalidInput per field, also for a number that
    this model or product line has already."""
    require(actor, Permission.SOFTWARE_PUBLISH)
    columns = _checked(data, now)
    with writing(actor=actor, now=now) as work:
        try:
            with transaction.atomic():
                release = SoftwareRelease.objects.create(
                    published_at=work.now, published_by=actor.label, **columns
                )
        except IntegrityError as error:
            said = _("This version of this model or product line is published already.")
            raise InvalidInput({"number": said}) from error
        work.audit("software.publish", release, after={"number": release.number})
        work.emit("software.published", release)
        return release


def withdraw_release(
    *, actor: Actor, release_id: object, version: int, reason: str, now: datetime
) -> SoftwareRelease:
    """Take a version back: nobody gets it any more; what was given stays recorded.

    Raises InvalidInput without the reason, IllegalMove the second time, Conflict, NotFound.
    """
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Give a reason of at most 200 characters.")})
    with writing(actor=actor, now=now) as work:
        release = _held(actor, release_id)
        changes = {"withdrawn_at": work.now, "withdraw_reason": reason.strip()}
        stored(release, expected_version=version, changes=changes)
        work.audit("software.withdraw", release, reason=reason)
        return release


def add_release_file(
    *, actor: Actor, release_id: object, upload: Upload, caption: str = "", now: datetime
) -> FileView:
    """Keep the file or a document of a version; the same one twice is kept once.

    Raises InvalidInput on `file` when it is not taken, IllegalMove once withdrawn, NotFound.
    """
    with writing(actor=actor, now=now):
        release = _held(actor, release_id)
        return store_file(
            owner=owner_of(release),
            purpose=PURPOSE,
            upload=upload,
            limits=staff_limits(),
            actor=actor,
            now=now,
            caption=caption,
        )


def _held(actor: Actor, release_id: object) -> SoftwareRelease:
    seen = visible_releases(actor, Permission.SOFTWARE_PUBLISH).select_for_update()
    release = one_of(seen, release_id)
    if release.withdrawn_at is not None:
        raise IllegalMove(_("This version was withdrawn."))
    return release


def _checked(data: ReleaseData, now: datetime) -> dict[str, Any]:
    problems: dict[str, str] = {}
    which = AssetClass(data.model, data.asset_class)
    try:
        which = checked_class(which)
    except InvalidInput as error:
        problems |= {name: str(said) for name, said in error.fields.items()}
    if not 0 < len(data.number.strip()) <= NUMBER_LENGTH:
        problems["number"] = _("Fill this in, with at most %(most)d characters.") % {
            "most": NUMBER_LENGTH
        }
    if data.kind not in set(ReleaseKind):
        problems["kind"] = _("Choose one of those offered.")
    if data.released_on > day_of(now):
        problems["released_on"] = _("This day is still to come.")
    if not data.notes_zh.strip() or len(data.notes_zh) > NOTES_LENGTH:
        problems["notes_zh"] = _("Say what is new, in at most 20,000 characters.")
    if len(data.notes_en) > NOTES_LENGTH:
        problems["notes_en"] = _("Say what is new, in at most 20,000 characters.")
    if problems:
        raise InvalidInput(problems)
    return {
        "number": data.number.strip(),
        "released_on": data.released_on,
        "kind": data.kind,
        "model": which.model,
        "asset_class": which.asset_class,
        "is_paid_feature": data.is_paid_feature,
        "notes_zh": data.notes_zh.strip(),
        "notes_en": data.notes_en.strip(),
    }
