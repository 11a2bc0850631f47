"""The cover of a request once the customer signed for damage that he did himself (SG-04)."""

from __future__ import annotations

from yinuo.domains.contracts.types import CoverKind, CoverReason
from yinuo.domains.requests.models import Request
from yinuo.domains.requests.services.recording import state_facts
from yinuo.domains.requests.types import StepFact
from yinuo.kernel.states import OPEN, RequestState
from yinuo.platform.journal.work import Work, stored


def leave_to_user(*, request_id: int, reference: str, work: Work) -> None:
    """Make a request (internal id) paid because of a signed contract, named by `reference`.

    An open one says so in its history too; a merged one stays as it is.
    """
    request = Request.objects.select_for_update().get(pk=request_id)
    changes = {
        "cover": CoverKind.PAID.value,
        "cover_reason": CoverReason.USER_DAMAGE.value,
        "cover_until": None,
    }
    state, was = RequestState(request.state), request.cover
    if state in OPEN:
        attrs = {"cover": CoverKind.PAID.value, "was": was}
        fact = StepFact("cover_changed", work.now, attrs, {"reason": reference})
        state_facts(
            request, [fact], source="contract", work=work, changes=changes, reason=reference
        )
    elif state is not RequestState.MERGED:
        stored(request, expected_version=None, changes=changes)
        work.audit("request.cover_changed", request, before={"cover": was}, reason=reference)
