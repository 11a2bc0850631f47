"""Addresses of the console, in the order of the navigation."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from yinuo.surfaces.console import (
    urls_after,
    urls_archive,
    urls_billing,
    urls_breaches,
    urls_campaigns,
    urls_dispatch,
    urls_duty,
    urls_emergency,
    urls_imports,
    urls_letters,
    urls_network,
    urls_offers,
    urls_requests,
    urls_work,
)
from yinuo.surfaces.console.views import (
    covers,
    exposure,
    filters,
    frame,
    intake,
    lists,
    newcomers,
    notices,
    promises,
    quality,
)

app_name = "console"

urlpatterns = [
    path("", frame.start, name="start"),
    path("language/", set_language, name="language"),
    path("appearance/", frame.appearance, name="appearance"),
    path("filters/", filters.filters_save, name="filters_save"),
    path("filters/<uuid:filter_id>/remove/", filters.filters_remove, name="filters_remove"),
    path("intake/", intake.intake, name="intake"),
    path("intake/find/", intake.find, name="intake_find"),
    path("intake/caller/", intake.caller, name="intake_caller"),
    path("intake/newcomer/", newcomers.newcomer, name="intake_newcomer"),
    path("intake/follows/", intake.follows, name="intake_follows"),
    path("intake/known/", intake.known, name="intake_known"),
    *urls_requests.urlpatterns,
    path("promises/", promises.promises, name="promises"),
    path("promises/version/", promises.promises_version, name="promises_version"),
    path("promises/<uuid:promise_id>/", promises.promises_why, name="promises_why"),
    path("quality/", quality.quality, name="quality"),
    path("exposure/", exposure.exposure, name="exposure"),
    path("notices/", notices.notices, name="notices"),
    path("notices/version/", notices.notices_version, name="notices_version"),
    path("notices/read/", notices.notices_read_all, name="notices_read_all"),
    path("notices/<uuid:notice_id>/read/", notices.notices_read, name="notices_read"),
    path("outbox/", notices.outbox, name="outbox"),
    path("outbox/<uuid:notice_id>/retry/", notices.outbox_retry, name="outbox_retry"),
    path("outbox/<uuid:notice_id>/told/", notices.outbox_settle, name="outbox_settle"),
    path("customers/", lists.customers, name="customers"),
    path("assets/", lists.assets, name="assets"),
    path("contracts/", lists.contracts, name="contracts"),
    path("cover/", covers.explain, name="covers"),
    path("plans/", lists.plans, name="plans"),
    path("settings/", lists.people, name="settings"),
    *urls_after.urlpatterns,
    *urls_archive.urlpatterns,
    *urls_billing.urlpatterns,
    *urls_breaches.urlpatterns,
    *urls_campaigns.urlpatterns,
    *urls_dispatch.urlpatterns,
    *urls_duty.urlpatterns,
    *urls_emergency.urlpatterns,
    *urls_imports.urlpatterns,
    *urls_letters.urlpatterns,
    *urls_network.urlpatterns,
    *urls_offers.urlpatterns,
    *urls_work.urlpatterns,
]
