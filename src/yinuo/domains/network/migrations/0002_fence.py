"""Each unit sees its own and lower units' customers and work, a customer his own, nobody more.

The conditions of all domains stand in one place because they lean on each other: a request opens
its customer, a customer his sites, contacts, assets and contracts. No two tables ask each other.
"""

from django.db import migrations

from yinuo.platform.database.fence import CUSTOMERS, IDS, PERSON, UNITS, fence

# Sheets: of the unit, of the customer, or one's own wherever it came from.
WORK_ORDER = f"unit_id = {UNITS} OR customer_id = {CUSTOMERS} OR assignee_id = {PERSON}"
# Requests: of the unit, served or offered by it, of the customer, with a sheet that is seen, or
# open ones into which the person was invited.
REQUEST = f"""
unit_id = {UNITS} OR serving_unit_id = {UNITS} OR owner_unit_id = {UNITS}
OR customer_id = {CUSTOMERS}
OR EXISTS (SELECT FROM fieldwork_work_order w WHERE w.request_id = requests_request.id)
OR EXISTS (SELECT FROM routing_offer o JOIN routing_routing r ON r.id = o.routing_id
           WHERE r.request_id = requests_request.id AND o.unit_id = {UNITS}
                 AND o.expires_at IS NOT NULL)
OR state NOT IN ('archived', 'cancelled', 'merged')
   AND EXISTS (SELECT FROM requests_clinic_seat s WHERE s.request_id = requests_request.id
               AND s.person_id = {PERSON} AND s.state IN ('invited', 'joined'))
"""
CUSTOMER = f"""
unit_id = {UNITS} OR id = {CUSTOMERS}
OR EXISTS (SELECT FROM requests_request r WHERE r.customer_id = customers_customer.id)
OR EXISTS (SELECT FROM fieldwork_work_order w WHERE w.customer_id = customers_customer.id)
"""
OF_A_CUSTOMER = "customer_id IN (SELECT id FROM customers_customer)"
MONEY = f"unit_id = {UNITS} OR customer_id = {CUSTOMERS}"

CONDITIONS = {
    "fieldwork_work_order": WORK_ORDER,
    "requests_request": REQUEST,
    "customers_customer": CUSTOMER,
    **dict.fromkeys(
        (
            "customers_site",
            "customers_contact",
            "assets_project",
            "assets_asset",
            "contracts_contract",
        ),
        OF_A_CUSTOMER,
    ),
    **dict.fromkeys(
        (
            "breaches_breach",
            "billing_quote",
            "billing_letter",
            "billing_charge",
            "billing_statement",
        ),
        MONEY,
    ),
}


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
        ("customers", "0001_initial"),
        ("assets", "0001_initial"),
        ("contracts", "0001_initial"),
        ("requests", "0001_initial"),
        ("fieldwork", "0001_initial"),
        ("routing", "0001_initial"),
        ("breaches", "0001_initial"),
        ("billing", "0003_charges"),
    ]
    operations = [IDS, *(fence(table, condition) for table, condition in CONDITIONS.items())]
