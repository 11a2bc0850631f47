"""Addresses of on-call duty."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views import duty, duty_log, duty_pay

urlpatterns = [
    path("duty/", duty.duty, name="duty"),
    path("duty/calendar/", duty.calendar, name="duty_calendar"),
    path("duty/rotas/new/", duty.rota_new, name="duty_new"),
    path("duty/rotas/<uuid:rota_id>/", duty.rota, name="duty_rota"),
    path("duty/rotas/<uuid:rota_id>/turns/", duty.rotate, name="duty_rotate"),
    path("duty/turns/<uuid:turn_id>/cover/", duty.cover, name="duty_cover"),
    path("duty/turns/<uuid:turn_id>/cancel/", duty.cancel, name="duty_cancel"),
    path("duty/turns/", duty_log.turns, name="duty_turns"),
    path("duty/calls/", duty_log.calls, name="duty_log"),
    path("duty/mine/", duty_log.mine, name="duty_mine"),
    path("duty/rotas/<uuid:rota_id>/calls/", duty_log.calls, name="duty_calls"),
    path("duty/rotas/<uuid:rota_id>/calls/new/", duty_log.call_new, name="duty_call_new"),
    path("duty/calls/<uuid:call_id>/", duty_log.call, name="duty_call"),
    path("duty/calls/<uuid:call_id>/missed/", duty_log.call_missed, name="duty_call_missed"),
    path(
        "duty/handovers/<uuid:handover_id>/acknowledge/",
        duty_log.acknowledge,
        name="duty_acknowledge",
    ),
    path("duty/rotas/<uuid:rota_id>/pay/", duty_pay.pay, name="duty_pay"),
    path("duty/rotas/<uuid:rota_id>/statement/", duty_pay.statement, name="duty_statement"),
    path(
        "duty/rotas/<uuid:rota_id>/statement/<uuid:person_id>/<slug:month>/<slug:form>/<slug:language>/",
        duty_pay.statement_file,
        name="duty_statement_file",
    ),
    path("duty/rotas/<uuid:rota_id>/entries/new/", duty_pay.entry_new, name="duty_entry_new"),
    path(
        "duty/rotas/<uuid:rota_id>/entries/<uuid:entry_id>/cancel/",
        duty_pay.entry_cancel,
        name="duty_entry_cancel",
    ),
]
