"""A good body for every operation that takes one. A new operation needs a row here."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.factories import appliance_source
from tests.factories.billing import price_list_source
from tests.factories.checklists import checklist_source, picture_bytes

from yinuo.domains.dispatch.weighing import Figures
from yinuo.kernel.scoring import FairWeights

SATURDAY = 5


def body_of(operation: str, ids: dict[str, str]) -> dict[str, Any] | None:
    """A body that the operation accepts for objects of this side; None for a GET."""
    return _bodies(ids)[operation]


def _soon() -> str:
    """A time after anything that was just made, but not to come."""
    return (datetime.now(UTC) - timedelta(seconds=1)).isoformat()


def _later() -> str:
    """A time to come."""
    return (datetime.now(UTC) + timedelta(hours=2)).isoformat()


def _next_year() -> dict[str, Any]:
    """A short year: only what is always off, and a worked Saturday."""
    year = datetime.now(UTC).year + 1
    worked = next(day for n in range(1, 8) if (day := date(year, 3, n)).weekday() == SATURDAY)
    off = [f"{year}-01-01", f"{year}-05-01", f"{year}-10-01"]
    return {"year": year, "off": off, "worked": [worked.isoformat()], "source": "通知"}


def _lines() -> list[dict[str, Any]]:
    """Lines of the health check, one not in order."""
    drawn = [[[x, 150] for x in range(60, 700, 8)]]
    return [
        {"item": "temperature", "answer": "31.5", "note": "空调停机", "version": 0},
        {"item": "temperature_cause", "answer": "空调跳闸"},
        {"item": "disks", "answer": {"checked": 12, "normal": 12, "changed": 0}},
        {"item": "talk", "answer": None},
        {"item": "witness", "answer": {"name": "王工", "strokes": drawn}},
    ]


def _last_month() -> date:
    """A day of the month before this one."""
    return datetime.now(UTC).date().replace(day=1) - timedelta(days=3)


def _noon() -> datetime:
    """Noon of a day soon."""
    soon = datetime.now(UTC) + timedelta(days=3)
    return soon.replace(hour=4, minute=0, second=0, microsecond=0)


def _bodies(ids: dict[str, str]) -> dict[str, Any]:
    reading = dict.fromkeys(
        [
            *("list_units", "get_unit", "list_people", "get_person", "list_customers"),
            *(
                "get_customer",
                "get_customer_tree",
                "list_papers",
                "get_paper",
                "get_customer_health",
                "get_asset_health",
                "list_components",
                *("list_asset_photos", "get_asset_photo"),
                "list_downtimes",
                "list_customer_visits",
                "list_sites",
                "get_site",
                "list_contacts",
                "get_contact",
            ),
            *("list_projects", "get_project", "list_assets", "get_asset", "list_contracts"),
            "get_contract_life",
            *("get_contract", "list_plan_versions", "get_plan_version", "get_plan_source"),
            *("list_reports", "get_report", "get_report_pdf", "list_request_files"),
            *(
                "get_scores",
                "list_answers",
                "get_score_weights",
                "list_score_publications",
                "get_published_scores",
                *("list_score_cases", "list_score_appeals", "get_score_appeal"),
                "send_survey",
                "list_complaints",
                "get_complaint",
            ),
            *("list_repair_orders", "get_repair_order"),
            *("get_request_file", "list_call_backs", "list_due_call_backs", "list_history"),
            *("list_requests", "get_request", "list_request_facts", "list_obligations"),
            *("list_request_doubles", "list_request_owners"),
            *("list_support_groups", "get_support_group", "list_queue"),
            *("list_work_orders", "get_work_order", "list_jobs", "list_unapplied_operations"),
            *("list_imports", "get_import", "list_import_wrong_rows"),
            *("get_obligation", "explain_obligation", "list_obligation_changes"),
            *("list_contract_promises", "list_customer_contract_promises", "list_figure_cases"),
            *("get_contract_if_moved", "list_request_pauses"),
            *("list_obligation_escalations", "list_plan_changes", "list_notices"),
            "list_statutory_years",
            *("get_unit_reach", "get_person_capacity", "list_certificates", "get_certificate"),
            "list_qualifications",
            *("get_weights", "list_hour_prices", "list_day_plans", "get_day_plan"),
            *("list_day_plan_lines", "get_board"),
            *("list_candidates", "list_decisions", "list_duty", "list_turns"),
            *("list_offers", "get_offer", "get_routing"),
            "list_similar_requests",
            *("get_clinic", "list_experts", "list_invitations", "get_invitation"),
            *("list_duty_calls", "get_duty_call", "list_handovers"),
            *("get_duty_pay", "get_duty_statement"),
            *("list_campaigns", "get_campaign", "list_campaign_assets"),
            *("list_parts", "get_part", "list_depots", "get_depot", "list_stock"),
            *("list_stock_moves", "list_short_parts", "list_pieces", "get_piece"),
            *("list_shipments", "get_shipment"),
            *("list_plan_drafts", "get_plan_draft", "check_plan_draft", "list_plan_tests"),
            "drop_plan_test",
            *("get_request_prices", "get_contract_prices", "get_customer_prices"),
            *("list_price_lists", "get_price_list", "get_price_list_source"),
            *("list_breaches", "sum_breaches", "get_breach", "list_waiver_limits"),
            *("get_exposure", "list_promises_at_risk", "list_missed_with_money"),
            *("explain_promise_money", "get_quality", "list_missed_promises"),
            *("list_checklist_templates", "get_checklist_template"),
            *("get_checklist_template_source", "list_work_order_checklists"),
            *("get_checklist", "get_checklist_photograph"),
            *("list_quotes", "get_quote"),
            *(f"get_quote_{form}" for form in ("pdf", "docx", "xlsx")),
            *("list_letters", "get_letter", "get_letter_pdf", "get_letter_docx"),
            "list_repairs",
            *("list_charges", "get_charge", "get_request_cost", "list_charge_proposals"),
            *("list_statements", "get_statement"),
            *("list_charge_backs", "get_charge_back"),
            *(f"get_charge_back_{form}" for form in ("pdf", "docx", "xlsx")),
            *("list_emergency_plans", "get_emergency_plan"),
            *(f"get_statement_{form}" for form in ("pdf", "docx", "xlsx")),
        ]
    )
    asset = {
        "name": "交换机",
        "serial": "SN-NEW-1",
        "model": "SW-2",
        "site_id": ids["site_id"],
        "project_id": ids["project_id"],
        "purchased_on": "2025-03-01",
    }
    contract = {
        "number": "HT-NEW-1",
        "plan_version_id": ids["plan_version_id"],
        "starts_on": "2026-01-01",
        "ends_on": "2027-01-01",
        "total": "120000.00",
        "parameters": {"on_site_hours": 4},
        "site_ids": [ids["site_id"]],
        "asset_ids": [ids["asset_id"]],
        "project_id": ids["project_id"],
    }
    intake = {
        "customer_id": ids["customer_id"],
        "site_id": ids["site_id"],
        "contact_id": ids["contact_id"],
        "asset_id": ids["asset_id"],
        "symptom": "设备不通",
        "level": "serious",
        "channel": "hotline",
    }
    head = {
        "work_wanted": "到现场更换电源模块",
        "contact_name": "李工",
        "contact_phone": "13900010001",
        "address": "南山区科技园一路 8 号",
        "service_at": "2026-12-01T10:00:00+08:00",
    }
    letter = {
        "findings": "主机主板烧毁",
        "work_planned": "更换主板并测试",
        "time_needed": "1 个工作日",
        "valid_until": (datetime.now(UTC) + timedelta(days=10)).date().isoformat(),
        "costs": [{"title": "承运商账单", "quantity": "1", "unit": "项", "unit_price": "86.50"}],
        "price_list_id": ids["price_list_id"],
        "items": [{"code": "visit", "quantity": "1", "persons": 2, "zone": "inner"}],
    }
    certificate = {
        "kind": "厂家服务认证",
        "issuer": "星桥设备",
        "product_line": "服务器",
        "valid_from": "2026-01-01",
        "valid_until": "2027-12-31",
    }
    quote = {
        "customer_id": ids["customer_id"],
        "price_list_id": ids["price_list_id"],
        "title": "上门维修",
        "valid_until": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
        "items": [{"code": "visit", "quantity": "1", "persons": 2, "zone": "inner"}],
        "contact_id": ids["contact_id"],
        "contract_id": ids["contract_id"],
        "request_id": ids["request_id"],
        "purpose": "damage",
        "salesperson_id": ids["salesperson_id"],
        "department_id": ids["department_id"],
        "deliver_by": (datetime.now(UTC) + timedelta(days=40)).date().isoformat(),
    }
    some_parts = [{"part_id": ids["part_id"], "quantity": 1}]
    return reading | {
        "create_part": {"number": f"PN-{uuid4().hex[:8]}", "name": "电源模块", "cost": "80.00"},
        "edit_part": {"version": 1, "number": f"PN-{uuid4().hex[:8]}", "name": "主板"},
        "create_depot": {
            "unit_id": ids["unit_id"],
            "name": "王工的车",
            "kind": "car",
            "holder_id": ids["holder_id"],
        },
        "edit_depot": {
            "version": 1,
            "name": "王工的车",
            "kind": "car",
            "holder_id": ids["holder_id"],
        },
        "set_stock_level": {"part_id": ids["part_id"], "minimum": 2, "refill": 5},
        "receive_parts": {"lines": [some_parts[0] | {"unit_cost": "90.00"}], "reference": "SH-1"},
        "send_parts": {"to_depot_id": ids["to_depot_id"], "lines": some_parts},
        "scrap_parts": {"lines": some_parts, "reason": "受潮"},
        "take_stock": {
            "lines": [{"part_id": ids["part_id"], "expected": 8, "quantity": 7}],
            "reason": "年度盘点",
        },
        "receive_shipment": {"version": 1},
        "set_unit_reach": {
            "version": 1,
            "areas": ["深圳市"],
            "position": {"latitude": "22.543100", "longitude": "114.057900"},
            "reach_km": 80,
            "product_lines": ["服务器"],
            "service_modes": ["phone", "on_site"],
        },
        "set_person_capacity": {
            "version": 2,
            "skills": [{"name": "RAID", "level": 3}],
            "tools": ["串口线"],
            "shift": [{"weekday": 1, "start": 510, "end": 1080}],
            "home": {"latitude": "22.543100", "longitude": "114.057900"},
        },
        "add_absence": {
            "kind": "leave",
            "starts_at": "2027-02-01T00:00:00+08:00",
            "ends_at": "2027-02-03T00:00:00+08:00",
        },
        "cancel_absence": {"version": 1},
        "add_certificate": {
            "unit_id": ids["unit_id"],
            "person_id": ids["person_id"],
            **certificate,
        },
        "edit_certificate": {"version": 1, **certificate},
        "withdraw_certificate": {"version": 1, "reason": "年审未过"},
        "set_qualification": {
            "product_line": f"产品{ids['unit_id'][-12:]}",
            "skills": [{"name": "RAID", "level": 2}],
            "person_certified": True,
        },
        "record_contract_holding": {"clause": "visits", "held_on": _soon()[:10]},
        "take_back_contract_holding": {"reason": "记错客户"},
        "count_contract_keeping": {
            "clause": "guards",
            "counted_on": datetime.now(UTC).date().isoformat(),
            "have": [{"name": "", "number": 2}],
        },
        "publish_checklist_template": {"source": checklist_source()},
        "begin_checklist": {"template_id": ids["template_id"]},
        "take_over_lines": {"checklist_id": ids["left_checklist_id"]},
        "answer_lines": {"lines": _lines()},
        "add_checklist_photograph": {
            "item": "overview",
            "name": "room.png",
            "content_base64": b64encode(picture_bytes()).decode(),
        },
        "finish_checklist": {"version": 2, "unfinished_reason": "机房上锁"},
        "reopen_checklist": {"version": 3},
        "publish_price_list": {"source": price_list_source()},
        "preview_campaign": {"model": "FW-100"},
        "create_campaign": {
            "unit_id": ids["unit_id"],
            "title": "电源召回",
            "text": "更换电源模块",
            "due_on": (datetime.now(UTC) + timedelta(days=60)).date().isoformat(),
            "which": {"model": "FW-100"},
        },
        "extend_campaign": {"version": 1},
        "close_campaign": {"version": 1, "reason": "全部完成"},
        "open_campaign_requests": {"campaign_asset_ids": [ids["campaign_asset_id"]]},
        "answer_campaign_asset": {"version": 1, "state": "refused", "reason": "自行处理"},
        "price_items": {"items": quote["items"]},
        "open_emergency_plan": {"request_id": ids["planless_id"], "note": "链路中断"},
        "submit_emergency_plan": {
            "version": 1,
            "analysis": "光模块老化",
            "lead_id": ids["lead_id"],
            "crew_ids": [ids["lead_id"]],
            "items": ["更换光模块", "测试链路"],
            "parts": ["光模块"],
            "tools": "光功率计",
            "work_minutes": 90,
            "cost": "0.00",
            "special_points": "夜间登记",
            "arrival_at": _later(),
        },
        "take_emergency_step": {"version": 2, "act": "acknowledged"},
        "record_plan_consent": {
            "version": 3,
            "agrees": True,
            "name": "李工",
            "arrival_at": _later(),
        },
        "ask_plan_consent": {"version": 3, "arrival_at": _later()},
        "depart_crew": {"version": 6, "arrival_at": _later(), "reached": "李工"},
        "change_plan_estimate": {
            "version": 6,
            "arrival_at": _later(),
            "reached": "李工",
            "reason": "堵车",
        },
        "withdraw_emergency_plan": {"version": 1, "note": "客户已自行恢复"},
        "close_emergency_plan": {"version": 7, "note": "已恢复播出"},
        "raise_setback": {
            "kind": "missing",
            "words": "临时病假",
            "missing_id": ids["missing_id"],
            "skill": "",
        },
        "help_crew": {"version": 1, "note": "逐项排查"},
        "settle_setback": {
            "version": 1,
            "outcome": "sent",
            "words": "另派一人",
            "sent_id": ids["sent_id"],
        },
        "draft_letter": letter
        | {"request_id": ids["request_id"], "work_order_id": ids["after_id"]},
        "edit_letter": letter | {"version": 1},
        "confirm_letter": {"version": 1},
        "send_letter": {"version": 2},
        "withdraw_letter": {"version": 1, "reason": "写错了"},
        "record_letter_answer": {
            "version": 3,
            "outcome": "accepted",
            "name": "李工",
            "file": {"name": "确认.txt", "content_base64": "5aSH5rOo"},
        },
        "mark_letter_wrong": {"version": 3, "reason": "实为接线错误"},
        "charge_work": {
            "request_id": ids["request_id"],
            "work_order_id": ids["after_id"],
            "price_list_id": ids["price_list_id"],
            "items": quote["items"],
            "occurred_on": datetime.now(UTC).date().isoformat(),
            "borne_by": "goodwill",
            "reason": "致歉",
        },
        "accept_charge_proposal": {"items": quote["items"]},
        "reject_charge_proposal": {"reason": "按约免收"},
        "correct_charge": {"reason": "只去了一人", "items": quote["items"]},
        "issue_charge_back": {
            "unit_id": ids["charged_unit_id"],
            "until": datetime.now(UTC).date().isoformat(),
        },
        "issue_statement": {
            "customer_id": ids["customer_id"],
            "contract_id": ids["contract_id"],
            "starts_on": "2026-01-01",
            "ends_on": datetime.now(UTC).date().isoformat(),
        },
        "approve_breach": {"version": 2},
        "waive_breach": {"version": 2, "amount": "50.00", "reason": "客户同意"},
        "dispute_breach": {"version": 2, "side": "customer", "reason": "客户不同意"},
        "decide_dispute": {"version": 3, "owed": "100.00", "reason": "只算一小时"},
        "correct_breach": {"version": 2, "amount": "10.00", "reason": "漏计"},
        "record_loss": {"version": 2, "amount": "80.00", "proof": "发票一张"},
        "correct_leg": {
            "version": 2,
            "begins_at": (datetime.now(UTC) - timedelta(minutes=80)).isoformat(),
            "ends_at": (datetime.now(UTC) - timedelta(minutes=40)).isoformat(),
            "leg": "centre",
            "unit_id": ids["unit_id"],
            "reason": "移交漏记",
        },
        "decide_right": {
            "version": 1,
            "given": True,
            "reason": "已顺延",
            "asset_id": ids["right_asset_id"],
        },
        "set_waiver_limit": {"role": "leadership", "most": "900.00", "version": 0},
        "agree_contract_prices": {"price_list_id": ids["price_list_id"]},
        "agree_customer_prices": {"price_list_id": ids["price_list_id"]},
        "draft_quote": quote,
        "edit_quote": quote | {"version": 1},
        "send_quote": {"version": 1},
        "withdraw_quote": {"version": 1, "reason": "重新报价"},
        "record_quote_delivery": {"version": 3},
        "record_quote_answer": {"version": 2, "outcome": "accepted", "name": "李工"},
        "issue_work_order": head | {"request_id": ids["request_id"], "after_id": ids["after_id"]},
        "edit_work_order": head | {"version": 7, "remind_on": "2026-12-03"},
        "create_rota": {"unit_id": ids["unit_id"], "name": "夜间值班", "office": []},
        "make_turns": {
            "person_ids": [ids["member_id"]],
            "rhythm": "week",
            "first": "2029-01-01",
            "turns": 4,
        },
        "cover_turn": {
            "version": 1,
            "person_id": ids["person_id"],
            "starts_at": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
            "ends_at": (datetime.now(UTC) + timedelta(days=3)).isoformat(),
            "reason": "陪护家人",
        },
        "cancel_turn": {"version": 1},
        "start_routing": {"mode": "on_site"},
        "log_duty_call": {
            "called_at": "2026-10-01T15:00:00+08:00",
            "about": "门禁无响应",
            "request_id": ids["request_id"],
        },
        "answer_duty_call": {"version": 1, "minutes": 12, "result": "已复位", "solved": True},
        "miss_duty_call": {"version": 2},
        "acknowledge_handover": {"version": 1},
        "set_duty_pay": {
            "version": 1,
            "answer_minutes": 10,
            "acknowledge_minutes": 90,
            "allowance": "600.00",
            "off_complaint": "100.00",
            "off_unreachable": "100.00",
            "off_left_city": "100.00",
            "hour_rate": "45.00",
            "overtime_factor": "1.5",
        },
        "add_pay_entry": {
            "person_id": ids["member_id"],
            "kind": "overtime",
            "on": "2026-09-20",
            "hours": "6.5",
            "note": "国庆保障",
        },
        "cancel_pay_entry": {"version": 1},
        "accept_offer": {"version": 1},
        "invite_expert": {"person_id": ids["expert_id"], "question": "如何判断？", "skill": "RAID"},
        "conclude_clinic": {"conclusion": "更换阵列卡后重建"},
        "join_clinic": {"version": 1},
        "decline_invitation": {"version": 1, "reason": "正在现场"},
        "give_advice": {"advice": "先导出日志，再换卡"},
        "withdraw_invitation": {"version": 1},
        "decline_offer": {"version": 1, "reason": "人手不足"},
        "return_request": {"version": 2, "reason": "需要芯片级维修"},
        "give_sheet": {},
        "start_day_plan": {
            "unit_id": ids["unit_id"],
            "first_on": (_noon() + timedelta(days=2)).date().isoformat(),
        },
        "cancel_day_plan": {},
        "take_day_plan": {"line_ids": [ids["line_id"]]},
        "place_visit": {
            "version": 1,
            "person_id": ids["member_id"],
            "starts_at": _noon().isoformat(),
        },
        "set_score_weights": {
            "version": 1,
            "weights": asdict(FairWeights()),
            "reason": "试行一个季度",
        },
        "publish_scores": {"month": _last_month().isoformat()},
        "appeal_score_case": {"reason": "客户不满的是报价"},
        "decide_score_appeal": {"upheld": True, "reason": "情况属实"},
        "set_weights": {"version": 1, "figures": asdict(Figures()), "reason": "油价上涨"},
        "set_hour_price": {"person_id": ids["member_id"], "hour_fen": 9_500},
        "send_engineer": {"version": 7, "person_id": ids["member_id"], "reason": "客户点名"},
        "send_operations": {
            "device_time": datetime.now(UTC).isoformat(),
            "operations": [
                {
                    "id": str(uuid4()),
                    "work_order_id": ids["work_order_id"],
                    "kind": "need",
                    "occurred_at": _soon(),
                    "base_version": 7,
                    "body": {"what": "part", "text": "电源模块"},
                }
            ],
        },
        "drop_operation": {"reason": "已用纸单补录"},
        "begin_photo": {
            "id": str(uuid4()),
            "work_order_id": ids["inspected_id"],
            "checklist_id": ids["checklist_id"],
            "item": "overview",
            "name": "现场.png",
            "sha256": "0" * 64,
            "size": 10_000,
            "taken_at": _soon(),
            "caption": "配电箱",
        },
        "send_photo_piece": {"at": 0, "content_base64": b64encode(b"piece").decode()},
        "assign_work_order": {"assignee_id": ids["assignee_id"]},
        "take_work_step": {"kind": "aborted", "reason": "客户取消"},
        "report_work": {
            "version": 7,
            "work_done": "更换电源模块",
            "result": "done",
            "parts_used": "电源 1 个",
            "replaced": [],
        },
        "sign_work_order": {
            "version": 7,
            "signer_name": "李晓明",
            "strokes": [[[10, 10], [400, 200]], [[420, 80], [500, 90]]],
            "works": True,
            "satisfaction": "satisfied",
        },
        "set_work_order_reminder": {"version": 7, "remind_on": "2026-12-03"},
        "create_customer": {
            "unit_id": ids["unit_id"],
            "name": "新客户",
            "parent_id": ids["parent_id"],
        },
        "edit_customer": {
            "version": 1,
            "name": "改名客户",
            "short_name": "",
            "notes": "",
            "parent_id": ids["parent_id"],
            "active": True,
        },
        "create_site": {"customer_id": ids["customer_id"], "name": "二楼机房"},
        "edit_site": {
            "version": 1,
            "name": "三楼机房",
            "address": "",
            "zone": "Asia/Urumqi",
            "latitude": "43.825000",
            "longitude": "87.616800",
            "price_zone": "C",
            "active": True,
        },
        "create_contact": {
            "customer_id": ids["customer_id"],
            "name": "王工",
            "phones": ["０７５５-2345 6789"],
            "site_id": ids["site_id"],
        },
        "edit_contact": {
            "version": 1,
            "name": "王工",
            "phones": [],
            "site_id": ids["site_id"],
            "title": "",
            "email": "",
            "roles": ["operator"],
            "active": True,
        },
        "create_project": {"customer_id": ids["customer_id"], "name": "一期"},
        "edit_project": {
            "version": 1,
            "name": "二期",
            "accepted_on": "2026-02-28",
            "finished_on": None,
        },
        "record_customer_visit": {
            "visited_on": "2026-02-28",
            "visitors": "顾明远",
            "purpose": "首次走访",
            "again_on": "2026-08-01",
            "contact_id": ids["contact_id"],
            "site_id": ids["site_id"],
        },
        "record_contact_consent": {"call": True, "survey": False, "how": "phone"},
        "create_asset": asset | {"customer_id": ids["customer_id"]},
        "edit_asset": asset | {"version": 1, "active": True},
        "add_component": {"name": "内存", "serial": "MEM-1", "factory": True},
        "edit_component": {"version": 1, "name": "内存", "serial": "MEM-2", "factory": True},
        "replace_component": {
            "version": 1,
            "model": "MB-2",
            "serial": "MB-NEW-1",
            "on": "2026-03-01",
            "reason": "返修更换",
        },
        "remove_component": {"version": 1, "on": "2026-03-01", "reason": "停用"},
        "swap_serial": {
            "version": 1,
            "serial": "SN-SWAP-1",
            "on": "2026-03-01",
            "reason": "整机换新",
        },
        "record_downtime": {"began_at": "2026-03-01T10:00:00+08:00", "cause": "停电"},
        "end_downtime": {"version": 1, "ended_at": _soon()},
        "void_downtime": {"version": 1, "reason": "录入有误"},
        "promise_paper": {
            "contract_id": ids["contract_id"],
            "project_id": ids["project_id"],
            "title": "竣工图",
            "due_after": "signed",
            "due_days": 10,
        },
        "edit_paper": {"version": 3, "title": "竣工图纸"},
        "add_paper_version": {"name": "图.pdf", "content_base64": "JVBERi0xLjcKdHdv"},
        "check_paper": {"version": 3},
        "hand_over_paper": {
            "version": 3,
            "taken_by": "李晓明",
            "handed_on": "2026-03-01",
            "how": "in_person",
        },
        "waive_paper": {"version": 3, "reason": "客户放弃"},
        "create_contract": contract | {"customer_id": ids["customer_id"]},
        "edit_contract": contract | {"version": 1},
        "move_contract": {"version": 1, "plan_version_id": ids["later_plan_version_id"]},
        "read_notice": {"is_read": True},
        "publish_plan": {"source": appliance_source()},
        "note_pause_answer": {"say": "acknowledge", "said_by": "王工", "how": "来电"},
        "decide_pause_objection": {"say": "stands", "reason": "记录与客户所述一致"},
        "withdraw_plan_version": {"reason": "条款有误"},
        "begin_plan_draft": {
            "source": appliance_source(),
            "plan_version_id": ids["plan_version_id"],
        },
        "save_plan_draft": {"version": 2, "source": appliance_source()},
        "keep_plan_test": {
            "name": "现场故障",
            "facts": [
                {
                    "subject": "request:1",
                    "kind": "reported",
                    "occurred_at": "2026-05-01T23:10:00+08:00",
                    "attrs": {"level": "serious"},
                }
            ],
            "as_of": "2026-05-01T23:10:00+08:00",
        },
        "approve_plan_draft": {"version": 2},
        "publish_plan_draft": {"version": 3},
        "drop_plan_draft": {"version": 2},
        "enter_statutory_year": _next_year(),
        "preview_plan": {"level": "general", "reported_at": "2026-05-01T23:10:00+08:00"},
        "draft_report": {"request_id": ids["request_id"], "answers": {"cause": "电源老化"}},
        "issue_report": {"version": 1},
        "deliver_report": {"report_id": ids["issued_report_id"], "channel": "email"},
        "record_survey": {
            "project_id": ids["project_id"],
            "annual": True,
            "way": "phone",
            "satisfaction": "satisfied",
        },
        "open_complaint": {
            "category": "response_time",
            "said": "响应太晚",
            "customer_id": ids["customer_id"],
            "request_id": ids["request_id"],
            "about_id": ids["about_id"],
            "rings": 2,
        },
        "open_repair_order": {
            "request_id": ids["unsent_id"],
            "fault": "反复重启",
            "pick_up": True,
        },
        "handle_repair_order": {"version": 1, "kind": "backup_confirmed", "said_by": "周工"},
        "handle_complaint": {
            "version": 1,
            "kind": "fair",
            "text": "与先例同等处理",
            "precedent_id": ids["precedent_id"],
        },
        "record_call_back": {
            "request_id": ids["restored_id"],
            "reached": True,
            "done": True,
            "satisfaction": "satisfied",
            "spoken_to": "王工",
        },
        "upload_import": {
            "kind": "customers",
            "unit_id": ids["unit_id"],
            "name": "客户.csv",
            "content_base64": "5a6i5oi35ZCN56ewCuS6keW4hgo=",
        },
        "start_import": {},
        "cancel_import": {},
        "attach_request_file": {
            "name": "说明.txt",
            "content_base64": "5aSH5rOo",
            "caption": "到场前",
        },
        "caption_request_file": {"version": 1, "caption": "机柜 12 正面"},
        "add_asset_photo": {
            "name": "铭牌.txt",
            "content_base64": "5aSH5rOo",
            "caption": "背面铭牌",
        },
        "caption_asset_photo": {"version": 1, "caption": "机柜 12 背面"},
        "open_request": intake,
        "preview_request": intake,
        "advance_contract": {"version": 1, "note": "已开始服务"},
        "take_back_contract": {"version": 1, "reason": "资料退回"},
        "suspend_contract": {
            "begins_on": "2026-03-01",
            "ends_on": "2026-04-01",
            "reason": "客户停工",
        },
        "resume_contract": {"version": 1, "resumes_on": "2026-05-01"},
        "add_supplement": {
            "number": "B-1",
            "effective_on": "2026-05-01",
            "annual_fee": "12000.00",
        },
        "renew_contract": {
            "number": "HT-RENEWED",
            "starts_on": "2027-01-01",
            "ends_on": "2028-01-01",
            "annual_fee": "12000.00",
        },
        "grant_quota": {"kind": "visits", "included": "4", "begins_on": "2026-01-01"},
        "use_quota": {
            "kind": "hours",
            "amount": "1.5",
            "reference": "FWD-1",
            "used_on": "2026-05-01",
        },
        "add_agreement": {
            "text": "免费期后按次收费",
            "agreed_on": "2026-01-05",
            "due_on": "2026-12-31",
            "person_id": ids["person_id"],
        },
        "settle_agreement": {"version": 1, "kept_on": "2026-05-01", "outcome": "已履行"},
        "explain_cover": {
            "customer_id": ids["customer_id"],
            "site_id": ids["site_id"],
            "asset_id": ids["asset_id"],
            "at": "2026-05-01T23:10:00+08:00",
            "category": "hardware",
            "cause": "people",
            "consumable": True,
        },
        "record_request_fact": {"kind": "responded"},
        "change_request_level": {
            "version": int(ids["request_version"]),
            "level": "general",
            "reason": "影响轻微",
        },
        "change_request_category": {
            "version": int(ids["request_version"]),
            "category": "software",
            "reason": "软件故障",
        },
        "change_request_cover": {
            "version": int(ids["request_version"]),
            "cover": "goodwill",
            "reason": "优待老客户",
        },
        "hand_over_request": {"version": int(ids["request_version"]), "to_id": ids["to_id"]},
        "merge_request": {
            "version": int(ids["request_version"]),
            "into_id": ids["into_id"],
            "reason": "同一故障",
        },
        "split_request": {
            "version": int(ids["request_version"]),
            "symptom": "另外，遥控器也不灵",
            "reason": "一次来电说了两件事",
            "level": "general",
            "asset_id": ids["asset_id"],
            "answers": {"still_usable": "partly"},
        },
        "answer_request_questions": {
            "version": int(ids["request_version"]),
            "answers": {"still_usable": "not_at_all"},
        },
        "take_request": {},
        "escalate_request": {
            "version": int(ids["request_version"]),
            "reason": "本组没有办法",
        },
        "create_support_group": {
            "unit_id": ids["unit_id"],
            "name": "二线",
            "categories": ["hardware"],
            "member_ids": [ids["assignee_id"]],
            "next_id": ids["next_id"],
            "offer_mode": "on_site",
        },
        "edit_support_group": {
            "version": 1,
            "name": "一线",
            "member_ids": [ids["assignee_id"]],
            "next_id": ids["next_id"],
        },
        "correct_request_fact": {
            "version": int(ids["request_version"]),
            "fact_id": ids["fact_id"],
            "reason": "记错了时间",
            "occurred_at": "2025-05-01T09:00:00+08:00",
        },
    }
