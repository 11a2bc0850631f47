"""What users can do to plans and contracts, one function each."""

from yinuo.domains.contracts.services.contracts import (
    ContractData,
    create_contract,
    edit_contract,
    move_contract,
)
from yinuo.domains.contracts.services.plans import publish_plan

__all__ = ["ContractData", "create_contract", "edit_contract", "move_contract", "publish_plan"]
