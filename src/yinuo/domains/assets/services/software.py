"""The software version that an asset runs."""

from __future__ import annotations

from yinuo.domains.assets.models import Asset
from yinuo.platform.journal.work import Work, stored


def keep_software(asset_id: int, number: str, work: Work) -> Asset:
    """The asset (internal id) runs this version from now on.

    No service a person calls: whoever may give the version says that it was installed.
    """
    asset = Asset.objects.select_for_update().get(pk=asset_id)
    before = {"software": asset.software}
    if asset.software != number:
        stored(asset, expected_version=None, changes={"software": number})
        work.audit("asset.software", asset, before=before, after={"software": number})
        work.emit("asset.changed", asset)
    return asset
