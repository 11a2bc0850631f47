"""Software versions published, given and helped with."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.company import Member

from yinuo.domains.assets.models import Asset
from yinuo.domains.software.models import SoftwareDelivery, SoftwareRelease
from yinuo.domains.software.services import (
    add_release_file,
    deliver_release,
    help_with_release,
    publish_release,
)
from yinuo.domains.software.types import DeliveryData, HelpData, ReleaseData
from yinuo.platform.files.types import FileView

_numbers = count(1)


def make_release(by: Member, asset: Asset, **more: Any) -> SoftwareRelease:
    """A version of the asset's model, released today."""
    now = datetime.now(UTC)
    number = more.pop("number", f"V{next(_numbers)}.0")
    data = ReleaseData(number, now.date(), "修复若干问题", model=asset.model, **more)
    return publish_release(actor=by.actor, data=data, now=now)


def add_file(by: Member, release: SoftwareRelease) -> FileView:
    """A document of the version."""
    upload = SimpleUploadedFile("notes.txt", f"{release.number} 升级说明".encode())
    return add_release_file(
        actor=by.actor, release_id=release.public_id, upload=upload, now=datetime.now(UTC)
    )


def give(by: Member, release: SoftwareRelease, asset: Asset, **more: Any) -> SoftwareDelivery:
    """The version given by mail."""
    return deliver_release(
        actor=by.actor,
        release_id=release.public_id,
        asset_id=asset.public_id,
        data=DeliveryData("mail", "李工", **more),
        now=datetime.now(UTC),
    )


def make_software(by: Member, asset: Asset) -> dict[str, Any]:
    """A version given and helped with, by the names its ids have in paths and bodies."""
    release = make_release(by, asset)
    give(by, release, asset, paid_as="BJ-1")
    help_with_release(
        actor=by.actor,
        release_id=release.public_id,
        asset_id=asset.public_id,
        data=HelpData("phone", 15, "协助升级"),
        now=datetime.now(UTC),
    )
    return {
        "release_id": release,
        "release_asset_id": asset,
        "release_file_id": add_file(by, release),
    }
