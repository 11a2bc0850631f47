"""The words on screen for rights, where somebody chooses among them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yinuo.domains.network.permissions import Permission
from yinuo.surfaces.console.words import Words

RIGHTS: Words = {
    Permission.UNIT_READ: _("see units"),
    Permission.UNIT_WRITE: _("change units"),
    Permission.PERSON_READ: _("see people"),
    Permission.PERSON_WRITE: _("change people"),
    Permission.QUALIFICATION_WRITE: _("change skills, certificates and absences"),
    Permission.ROLE_ASSIGN: _("give roles"),
    Permission.ROLE_ASSIGN_ANY: _("give any role"),
    Permission.CUSTOMER_READ: _("see customers"),
    Permission.CUSTOMER_WRITE: _("change customers"),
    Permission.ASSET_READ: _("see assets"),
    Permission.ASSET_WRITE: _("change assets"),
    Permission.PLAN_READ: _("see service plans"),
    Permission.PLAN_PUBLISH: _("publish service plans"),
    Permission.CONTRACT_READ: _("see contracts"),
    Permission.CONTRACT_WRITE: _("change contracts"),
    Permission.IMPORT_RUN: _("import and export whole lists"),
    Permission.REQUEST_READ: _("see requests"),
    Permission.REQUEST_OPEN: _("open requests"),
    Permission.REQUEST_WORK: _("record steps of requests"),
    Permission.REQUEST_LEVEL: _("change the level of requests"),
    Permission.REQUEST_CLOSE: _("close requests"),
    Permission.REQUEST_CORRECT: _("correct what others recorded"),
    Permission.COVER_CHANGE: _("decide the cover of requests"),
    Permission.REPORT_WRITE: _("write problem reports"),
    Permission.CALL_BACK_WRITE: _("phone customers back"),
    Permission.DUTY_READ: _("see who is on duty"),
    Permission.DUTY_WRITE: _("make duty rotas and covers"),
    Permission.WORK_ORDER_READ: _("see work orders"),
    Permission.WORK_ORDER_ISSUE: _("issue work orders"),
    Permission.WORK_ORDER_ASSIGN: _("assign work orders"),
    Permission.WORK_ORDER_PERFORM: _("carry out work orders"),
    Permission.WORK_ORDER_FILE: _("file work orders"),
    Permission.DISPATCH_PRICE: _("set what dispatch reckons with"),
    Permission.PRICE_READ: _("see price lists"),
    Permission.PRICE_PUBLISH: _("publish price lists"),
    Permission.QUOTE_READ: _("see quotes"),
    Permission.QUOTE_WRITE: _("write and send quotes"),
    Permission.CHARGE_READ: _("see charges and statements"),
    Permission.CHARGE_WRITE: _("charge work and make statements"),
    Permission.OBLIGATION_READ: _("see promises"),
    Permission.EXPOSURE_READ: _("see what promises cost when missed"),
    Permission.BREACH_READ: _("see the breach ledger"),
    Permission.BREACH_WRITE: _("dispute and correct breaches, enter losses"),
    Permission.BREACH_APPROVE: _("approve breaches and decide disputes"),
    Permission.BREACH_WAIVE: _("waive penalties within one's limit"),
    Permission.BREACH_LIMIT: _("set the limits of waivers"),
    Permission.NOTICE_READ: _("read one's own notices"),
    Permission.OUTBOX_MANAGE: _("manage the outbox"),
}
