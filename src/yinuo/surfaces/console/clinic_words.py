"""The words on screen for the expert clinic: how somebody invited stands."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yinuo.domains.requests.clinic_types import SeatState
from yinuo.surfaces.console.words import Words

SEATS: Words = {
    SeatState.INVITED: pgettext_lazy("expert", "invited"),
    SeatState.JOINED: pgettext_lazy("expert", "takes part"),
    SeatState.DECLINED: pgettext_lazy("expert", "declined"),
    SeatState.WITHDRAWN: pgettext_lazy("expert", "invitation taken back"),
    SeatState.ENDED: pgettext_lazy("expert", "clinic ended"),
}
TONES: Words = {
    SeatState.INVITED: "soon",
    SeatState.JOINED: "calm",
    SeatState.DECLINED: "over",
}
