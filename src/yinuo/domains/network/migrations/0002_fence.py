"""Each unit sees its own and lower units' customers and work, a customer his own, nobody more.

The conditions of all domains stand in one place because they lean on each other: a request opens
its customer, a customer his sites, contacts, assets and contracts, and all that was done about it.
No two tables ask each other: which requests are offered or open to an expert, functions tell that
are not fenced themselves.
"""

from django.db import migrations

from yinuo.platform.database.fence import CUSTOMERS, IDS, PERSON, UNITS, fence, unfenced

# Sheets: of the unit, of the customer, or one's own wherever it came from.
WORK_ORDER = f"unit_id = {UNITS} OR customer_id = {CUSTOMERS} OR assignee_id = {PERSON}"
# Requests: of the unit, served or offered by it, of the customer, with a sheet that is seen, or
# open ones into which the person was invited.
REQUEST = f"""
unit_id = {UNITS} OR serving_unit_id = {UNITS} OR owner_unit_id = {UNITS}
OR customer_id = {CUSTOMERS}
OR EXISTS (SELECT FROM fieldwork_work_order w WHERE w.request_id = requests_request.id)
OR id = ANY ((SELECT fence_offered())::bigint[])
OR state NOT IN ('archived', 'cancelled', 'merged')
   AND id = ANY ((SELECT fence_invited())::bigint[])
"""
CUSTOMER = f"""
unit_id = {UNITS} OR id = {CUSTOMERS}
OR EXISTS (SELECT FROM requests_request r WHERE r.customer_id = customers_customer.id)
OR EXISTS (SELECT FROM fieldwork_work_order w WHERE w.customer_id = customers_customer.id)
"""
OF_A_CUSTOMER = "customer_id IN (SELECT id FROM customers_customer)"
MONEY = f"unit_id = {UNITS} OR customer_id = {CUSTOMERS}"

# Requests offered to the units, and those into which the person was invited, by internal id.
OFFERED = """
SELECT coalesce(array_agg(r.request_id), '{}') FROM routing_offer o
JOIN routing_routing r ON r.id = o.routing_id
WHERE o.unit_id = ANY (fence_ids('yinuo.units')) AND o.expires_at IS NOT NULL
"""
INVITED = """
SELECT coalesce(array_agg(s.request_id), '{}') FROM requests_clinic_seat s
WHERE s.person_id = ANY (fence_ids('yinuo.person')) AND s.state IN ('invited', 'joined')
"""
OF_A_REQUEST = "request_id IN (SELECT id FROM requests_request)"
OF_A_PLAN = "plan_id IN (SELECT id FROM emergency_plan)"
OF_A_CHECKLIST = "checklist_id IN (SELECT id FROM checklists_checklist)"
OF_A_ROTA = f"rota_id IN (SELECT id FROM oncall_rota WHERE unit_id = {UNITS})"


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
# What was done about a case, and what units keep among themselves.
CASES = {
    "requests_clinic_seat": f"person_id = {PERSON} OR {OF_A_REQUEST}",
    "routing_routing": OF_A_REQUEST,
    "routing_offer": f"unit_id = {UNITS} OR routing_id IN (SELECT id FROM routing_routing)",
    "emergency_plan": f"unit_id = {UNITS} OR {OF_A_REQUEST}",
    **dict.fromkeys(
        (
            "emergency_revision",
            "emergency_act",
            "emergency_estimate",
            "emergency_setback",
            "emergency_escalation",
        ),
        OF_A_PLAN,
    ),
    "checklists_checklist": "sheet_id IN (SELECT id FROM fieldwork_work_order)",
    **dict.fromkeys(("checklists_line", "checklists_follow_up"), OF_A_CHECKLIST),
    "feedback_call_back": OF_A_REQUEST,
    "feedback_answer": f"{MONEY} OR engineer_id = {PERSON}",
    "feedback_complaint": MONEY,
    "feedback_complaint_step": "complaint_id IN (SELECT id FROM feedback_complaint)",
    "oncall_call": f"person_id = {PERSON} OR {OF_A_ROTA}",
    "oncall_call_try": "call_id IN (SELECT id FROM oncall_call)",
    "oncall_handover": f"""
        to_id = {PERSON}
        OR turn_id IN (SELECT t.id FROM oncall_turn t WHERE t.{OF_A_ROTA})
    """,
    "oncall_pay_entry": f"person_id = {PERSON} OR {OF_A_ROTA}",
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
        ("emergency", "0001_initial"),
        ("checklists", "0001_initial"),
        ("feedback", "0004_complaints"),
        ("oncall", "0001_initial"),
    ]
    operations = [
        IDS,
        unfenced("fence_offered", OFFERED),
        unfenced("fence_invited", INVITED),
        *(fence(table, condition) for table, condition in {**CONDITIONS, **CASES}.items()),
    ]
