"""What can be done to accounts. Who may do it is decided by the caller's policies (R08)."""

from yinuo.platform.accounts.services.invitations import (
    accept_invitation,
    find_invited,
    invite_user,
)
from yinuo.platform.accounts.services.setup import complete_setup, ensure_setup_code, is_set_up
from yinuo.platform.accounts.services.sweep import sweep_accounts
from yinuo.platform.accounts.services.tokens import (
    create_token,
    list_tokens,
    revoke_token,
)
from yinuo.platform.accounts.services.users import (
    NewUser,
    change_password,
    create_user,
    deactivate_user,
    end_sessions,
    reactivate_user,
)

__all__ = [
    "NewUser",
    "accept_invitation",
    "change_password",
    "complete_setup",
    "create_token",
    "create_user",
    "deactivate_user",
    "end_sessions",
    "ensure_setup_code",
    "find_invited",
    "invite_user",
    "is_set_up",
    "list_tokens",
    "reactivate_user",
    "revoke_token",
    "sweep_accounts",
]
