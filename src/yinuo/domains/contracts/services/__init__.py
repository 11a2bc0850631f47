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
from yinuo.domains.contracts.services.counting import SheetUse, count_sheet
from yinuo.domains.contracts.services.cycle import (
    advance_contract,
    renew_contract,
    take_back_contract,
)
from yinuo.domains.contracts.services.drafting import (
    PlanTestData,
    approve_draft,
    begin_draft,
    drop_draft,
    drop_test,
    keep_test,
    publish_draft,
    save_draft,
)
from yinuo.domains.contracts.services.entering import ContractData
from yinuo.domains.contracts.services.offering import offered_version, withdraw_version
from yinuo.domains.contracts.services.plans import needs_second_person, publish_first, publish_plan
from yinuo.domains.contracts.services.quotas import (
    QuotaData,
    QuotaUsedUp,
    UseData,
    give_back,
    grant_quota,
    use_quota,
)
from yinuo.domains.contracts.services.reminding import remind_of_contracts
from yinuo.domains.contracts.services.statutory import enter_statutory_year
from yinuo.domains.contracts.services.suspending import (
    SupplementData,
    add_supplement,
    draft_supplement,
    resume_contract,
    suspend_contract,
)

__all__ = [
    "AgreementData",
    "ContractData",
    "PlanTestData",
    "QuotaData",
    "QuotaUsedUp",
    "SheetUse",
    "SupplementData",
    "UseData",
    "add_agreement",
    "add_supplement",
    "advance_contract",
    "approve_draft",
    "attach_to_agreement",
    "begin_draft",
    "count_sheet",
    "create_contract",
    "draft_supplement",
    "drop_draft",
    "drop_test",
    "edit_contract",
    "enter_statutory_year",
    "give_back",
    "grant_quota",
    "keep_agreement",
    "keep_test",
    "move_contract",
    "needs_second_person",
    "offered_version",
    "publish_draft",
    "publish_first",
    "publish_plan",
    "remind_of_contracts",
    "renew_contract",
    "resume_contract",
    "save_draft",
    "suspend_contract",
    "take_back_contract",
    "use_quota",
    "withdraw_agreement",
    "withdraw_version",
]
