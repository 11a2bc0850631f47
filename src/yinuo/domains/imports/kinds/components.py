"""Parts of assets: by ID, or at their asset by model and serial number, else by name and model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.known import KnownAssetRow
from yinuo.domains.assets.known_components import KnownComponentRow, known_components
from yinuo.domains.assets.services import ComponentData, add_component, edit_component
from yinuo.domains.imports.drafts import Batch, Draft, differing, need
from yinuo.domains.imports.kinds.finding import Assets, ids_of, not_found, only_one
from yinuo.domains.imports.types import Kind
from yinuo.domains.imports.values import folded
from yinuo.domains.network.permissions import Permission

RIGHT = Permission.ASSET_WRITE
OWN = ("name", "model", "serial", "factory", "added_on")


def file_components(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of parts."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: assets and their parts."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        self.assets = Assets(batch.actor, RIGHT, drafts)
        known = known_components(
            batch.actor, RIGHT, asset_ids=self.assets.ids, public_ids=ids_of(drafts)
        )
        self.by_id = {one.public_id: one for one in known}
        self.of_asset: dict[UUID, list[KnownComponentRow]] = {}
        for one in known:
            self.of_asset.setdefault(one.asset_public_id, []).append(one)

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        if "id" in draft.given:
            known = self.by_id.get(draft.given["id"])
            if known is None:
                not_found(draft)
            else:
                self._edit(draft, known)
            return
        asset = self.assets.of(draft)
        if asset is None:
            return
        known = self._there(draft, asset)
        if draft.problems:
            return
        if known is not None:
            self._edit(draft, known)
        elif need(Kind.COMPONENTS, draft):
            self._create(draft, asset.public_id)

    def _there(self, draft: Draft, asset: KnownAssetRow) -> KnownComponentRow | None:
        """By serial number where the row has one; else by name among the parts without one."""
        given = draft.given
        parts = self.of_asset.get(asset.public_id, [])
        if "serial" in given:
            found = [one for one in parts if one.serial == given["serial"]]
        else:
            name = folded(given.get("name", ""))
            found = [one for one in parts if not one.serial and folded(one.name) == name]
        if "model" in given:
            found = [one for one in found if one.model == given["model"]]
        return only_one(found, draft, "serial" if "serial" in given else "name")

    def _create(self, draft: Draft, asset_id: UUID) -> None:
        given, batch = draft.given, self.batch
        if not given.get("factory") and "added_on" not in given:
            said = _("Say when it was added; only the factory configuration has no day.")
            draft.wrong("added_on", said)
            return
        data = ComponentData(**{name: given[name] for name in OWN if name in given})
        draft.creates(
            lambda: add_component(actor=batch.actor, asset_id=asset_id, data=data, now=batch.now)
        )

    def _edit(self, draft: Draft, known: KnownComponentRow) -> None:
        own: dict[str, Any] = {name: draft.given[name] for name in OWN if name in draft.given}
        if not differing(known, own):
            return
        data = ComponentData(**({name: getattr(known, name) for name in OWN} | own))
        draft.changes(
            lambda: edit_component(
                actor=self.batch.actor,
                component_id=known.public_id,
                version=known.version,
                data=data,
                now=self.batch.now,
            )
        )
