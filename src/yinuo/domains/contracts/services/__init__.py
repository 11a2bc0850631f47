"""What users can do to plans and contracts, one function each."""

from yinuo.domains.contracts.services.contracts import (
    ContractData,
    create_contract,
    edit_contract,
    move_contract,
)
from yinuo.domains.contracts.services.plans import publish_plan
from yinuo.domains.contracts.services.quotas import (
    QuotaData,
    QuotaUsedUp,
    UseData,
    count_down,
    give_back,
    grant_quota,
    use_quota,
)
from yinuo.domains.contracts.services.suspending import (
    SupplementData,
    add_supplement,
    resume_contract,
    suspend_contract,
)

__all__ = [
    "ContractData",
    "QuotaData",
    "QuotaUsedUp",
    "SupplementData",
    "UseData",
    "add_supplement",
    "count_down",
    "create_contract",
    "edit_contract",
    "give_back",
    "grant_quota",
    "move_contract",
    "publish_plan",
    "resume_contract",
    "suspend_contract",
    "use_quota",
]
