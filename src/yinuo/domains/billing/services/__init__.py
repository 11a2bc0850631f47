"""Price lists published and agreed on, what happens to a quote, charging work, statements."""

from yinuo.domains.billing.services.agreeing import agree_prices
from yinuo.domains.billing.services.answering import answer_quote, expire_quotes, record_answer
from yinuo.domains.billing.services.charging import charge_work, correct_charge
from yinuo.domains.billing.services.charging_back import issue_charge_back
from yinuo.domains.billing.services.proposing import accept_proposal, reject_proposal
from yinuo.domains.billing.services.publishing import publish_price_list
from yinuo.domains.billing.services.quoting import draft_quote, edit_quote
from yinuo.domains.billing.services.sending import send_quote, withdraw_quote
from yinuo.domains.billing.services.stating import issue_statement
from yinuo.domains.billing.services.supplying import record_delivery

__all__ = [
    "accept_proposal",
    "agree_prices",
    "answer_quote",
    "charge_work",
    "correct_charge",
    "draft_quote",
    "edit_quote",
    "expire_quotes",
    "issue_charge_back",
    "issue_statement",
    "publish_price_list",
    "record_answer",
    "record_delivery",
    "reject_proposal",
    "send_quote",
    "withdraw_quote",
]
