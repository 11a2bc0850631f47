"""What users can do to the network, one function each."""

from yinuo.domains.network.services.absences import add_absence, cancel_absence
from yinuo.domains.network.services.accounts import give_account, invite_again
from yinuo.domains.network.services.capacities import grant_skill, set_capacity, set_reach
from yinuo.domains.network.services.certificates import (
    add_certificate,
    claim_warnings,
    edit_certificate,
    keep_certificate_file,
    withdraw_certificate,
)
from yinuo.domains.network.services.founding import found_company
from yinuo.domains.network.services.people import (
    create_person,
    deactivate_person,
    edit_person,
    link_user,
    reactivate_person,
)
from yinuo.domains.network.services.qualifications import set_qualification
from yinuo.domains.network.services.role_editing import create_role, edit_role
from yinuo.domains.network.services.roles import assign_role, load_roles, revoke_role
from yinuo.domains.network.services.tokens import issue_token, withdraw_token
from yinuo.domains.network.services.units import create_unit, edit_unit

__all__ = [
    "add_absence",
    "add_certificate",
    "assign_role",
    "cancel_absence",
    "claim_warnings",
    "create_person",
    "create_role",
    "create_unit",
    "deactivate_person",
    "edit_certificate",
    "edit_person",
    "edit_role",
    "edit_unit",
    "found_company",
    "give_account",
    "grant_skill",
    "invite_again",
    "issue_token",
    "keep_certificate_file",
    "link_user",
    "load_roles",
    "reactivate_person",
    "revoke_role",
    "set_capacity",
    "set_qualification",
    "set_reach",
    "withdraw_certificate",
    "withdraw_token",
]
