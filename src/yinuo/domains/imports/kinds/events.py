"""Past service events: by ID, or at their asset by day and symptom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from yinuo.domains.assets.past_events import PastEventRow, known_past_events
from yinuo.domains.assets.services import PastEventData, correct_past_event, record_past_event
from yinuo.domains.imports.drafts import Batch, Draft, differing, need
from yinuo.domains.imports.kinds.finding import Assets, ids_of, not_found, only_one
from yinuo.domains.imports.types import Kind
from yinuo.domains.imports.values import folded
from yinuo.domains.network.permissions import Permission

RIGHT = Permission.ASSET_WRITE
OWN = (
    "happened_on",
    "kind",
    "symptom",
    "done",
    "done_by",
    "parts",
    "result",
    "minutes_down",
)


def file_events(batch: Batch, drafts: Sequence[Draft]) -> None:
    """Judge rows of past service events."""
    filing = _Filing(batch, drafts)
    for draft in drafts:
        if not draft.problems:
            filing.judge(draft)


class _Filing:
    """What a batch of rows may meet: assets and what was brought in of their past."""

    def __init__(self, batch: Batch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        self.assets = Assets(batch.actor, RIGHT, drafts)
        known = known_past_events(
            batch.actor, RIGHT, asset_ids=self.assets.ids, public_ids=ids_of(drafts)
        )
        self.by_id = {one.public_id: one for one in known}
        self.of_asset: dict[UUID, list[PastEventRow]] = {}
        for one in known:
            self.of_asset.setdefault(one.asset_public_id, []).append(one)

    def judge(self, draft: Draft) -> None:
        """Give the draft its problems, or its verdict and act."""
        minutes = draft.given.get("minutes_down")
        if minutes is not None and minutes != minutes.to_integral_value():
            draft.wrong("minutes_down", _("Give whole minutes from 0."))
            return
        if "id" in draft.given:
            known = self.by_id.get(draft.given["id"])
            if known is None:
                not_found(draft)
            else:
                self._correct(draft, known)
            return
        asset = self.assets.of(draft)
        if asset is None or not need(Kind.EVENTS, draft):
            return
        known = self._there(draft, asset.public_id)
        if draft.problems:
            return
        if known is not None:
            self._correct(draft, known)
        else:
            self._record(draft, asset.public_id)

    def _there(self, draft: Draft, asset_id: UUID) -> PastEventRow | None:
        found = [
            one
            for one in self.of_asset.get(asset_id, [])
            if one.happened_on == draft.given["happened_on"]
            and folded(one.symptom) == folded(draft.given["symptom"])
        ]
        return only_one(found, draft, "symptom")

    def _record(self, draft: Draft, asset_id: UUID) -> None:
        data, batch = PastEventData(**_own(draft)), self.batch
        draft.creates(
            lambda: record_past_event(
                actor=batch.actor, asset_id=asset_id, data=data, now=batch.now
            )
        )

    def _correct(self, draft: Draft, known: PastEventRow) -> None:
        own = _own(draft)
        if not differing(known, own):
            return
        data = PastEventData(**({name: getattr(known, name) for name in OWN} | own))
        draft.changes(
            lambda: correct_past_event(
                actor=self.batch.actor,
                event_id=known.public_id,
                version=known.version,
                data=data,
                now=self.batch.now,
            )
        )


def _own(draft: Draft) -> dict[str, Any]:
    """What a row gives of an event; minutes as a whole number."""
    own = {name: draft.given[name] for name in OWN if name in draft.given}
    if "minutes_down" in own:
        own["minutes_down"] = int(own["minutes_down"])
    return own
