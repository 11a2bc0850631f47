"""Publishing price lists, and what happens to a quote."""

from yinuo.domains.billing.services.answering import answer_quote, expire_quotes, record_answer
from yinuo.domains.billing.services.publishing import publish_price_list
from yinuo.domains.billing.services.quoting import draft_quote, edit_quote
from yinuo.domains.billing.services.sending import send_quote, withdraw_quote

__all__ = [
    "answer_quote",
    "draft_quote",
    "edit_quote",
    "expire_quotes",
    "publish_price_list",
    "record_answer",
    "send_quote",
    "withdraw_quote",
]
