"""Addresses of prices and quotes, below those of the navigation."""

from __future__ import annotations

from django.urls import path

from yinuo.domains.billing.paper_forms import PaperForm
from yinuo.surfaces.console.views.billing import (
    agreeing,
    charge_backs,
    charges,
    costs,
    prices,
    quote_steps,
    quotes,
    rejecting,
    statements,
)

QUOTE = "quotes/<uuid:quote_id>/"
STATEMENT = "statements/<uuid:statement_id>/"
CHARGE_BACK = "charge-backs/<uuid:charge_back_id>/"

urlpatterns = [
    path("prices/", prices.prices, name="prices"),
    path("prices/publish/", prices.publish, name="prices_publish"),
    path("prices/<uuid:price_list_id>/", prices.one, name="prices_one"),
    path("prices/<uuid:price_list_id>/file/", prices.source, name="prices_source"),
    path("contracts/<uuid:contract_id>/prices/", agreeing.contract_prices, name="contracts_prices"),
    path("customers/<uuid:customer_id>/prices/", agreeing.customer_prices, name="customers_prices"),
    path("quotes/", quotes.quotes, name="quotes"),
    path("quotes/lines/", quotes.quote_lines, name="quotes_lines"),
    path("customers/<uuid:customer_id>/quotes/new/", quotes.quote_new, name="quotes_new"),
    path(QUOTE, quotes.quote_one, name="quotes_one"),
    path(QUOTE + "edit/", quotes.quote_edit, name="quotes_edit"),
    path(QUOTE + "send/", quote_steps.send, name="quotes_send"),
    path(QUOTE + "withdraw/", quote_steps.withdraw, name="quotes_withdraw"),
    path("requests/<uuid:request_id>/charges/", charges.charges, name="charges"),
    path("requests/<uuid:request_id>/charges/new/", charges.charge_new, name="charges_new"),
    path("charges/<uuid:charge_id>/correct/", charges.charge_correct, name="charges_correct"),
    path("work/<uuid:work_order_id>/not-charged/", rejecting.charge_reject, name="charges_reject"),
    path("charge-backs/", charge_backs.charge_backs, name="charge_backs"),
    path("charge-backs/new/", charge_backs.charge_back_new, name="charge_backs_new"),
    path(CHARGE_BACK, charge_backs.charge_back_one, name="charge_backs_one"),
    path("costs/", costs.costs, name="costs"),
    path("costs/ours/", costs.own_costs, name="own_costs"),
    path("statements/", statements.statements, name="statements"),
    path(
        "customers/<uuid:customer_id>/statements/new/",
        statements.statement_new,
        name="statements_new",
    ),
    path(STATEMENT, statements.statement_one, name="statements_one"),
    path(QUOTE + "answer/", quote_steps.answer, name="quotes_answer"),
    path(QUOTE + "deliver/", quote_steps.deliver, name="quotes_deliver"),
    *(
        one
        for form in PaperForm
        for one in (
            path(f"{QUOTE}{form}/", quotes.quote_document, {"form": form}, name=f"quotes_{form}"),
            path(
                f"{STATEMENT}{form}/",
                statements.statement_document,
                {"form": form},
                name=f"statements_{form}",
            ),
            path(
                f"{CHARGE_BACK}{form}/",
                charge_backs.charge_back_document,
                {"form": form},
                name=f"charge_backs_{form}",
            ),
        )
    ),
]
