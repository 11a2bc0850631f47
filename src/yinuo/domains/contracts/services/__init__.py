"""What users can do to plans and contracts, one function each."""

from yinuo.domains.contracts.services.agreements import (
    AgreementData,
    add_agreement,
    attach_to_agreement,
    keep_agreement,
    withdraw_agreement,
)
from yinuo.domains.contracts.services.contracts import (
    create_contract,
    edit_contract,
    move_contract,
)
from yinuo.domains.contracts.services.cycle import (
    advance_contract,
    renew_contract,
    take_back_contract,
)
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.contracts.services.plans import publish_plan
from yinuo.domains.contracts.services.quotas import (
    QuotaData,
    QuotaUsedUp,
    UseData,
    count_down,
    count_down_if_left,
    give_back,
    grant_quota,
    use_quota,
)
from yinuo.domains.contracts.services.reminding import remind_of_contracts
from yinuo.domains.contracts.services.statutory import enter_statutory_year
from yinuo.domains.contracts.services.suspending import (
    SupplementData,
    add_supplement,
    resume_contract,
    suspend_contract,
)

__all__ = [
    "AgreementData",
    "ContractData",
    "QuotaData",
    "QuotaUsedUp",
    "SupplementData",
    "UseData",
    "add_agreement",
    "add_supplement",
    "advance_contract",
    "attach_to_agreement",
    "count_down",
    "count_down_if_left",
    "create_contract",
    "edit_contract",
    "enter_statutory_year",
    "give_back",
    "grant_quota",
    "keep_agreement",
    "move_contract",
    "publish_plan",
    "remind_of_contracts",
    "renew_contract",
    "resume_contract",
    "suspend_contract",
    "take_back_contract",
    "use_quota",
    "withdraw_agreement",
]
