"""Addresses of the archive and of administration, below those of the navigation."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.admin import health, holidays, people, tokens, units, welcome
from yinuo.surfaces.console.views.archive import (
    asset_parts,
    assets,
    companies,
    consents,
    contact_accounts,
    contacts,
    contract_promises,
    contracts,
    customers,
    downtimes,
    moving,
    papers,
    plans,
    projects,
    sites,
    visits,
)
from yinuo.surfaces.console.views.archive import contract_life as life
from yinuo.surfaces.console.views.workshop import deciding, writing

PERSON = "settings/people/<uuid:person_id>/"
CUSTOMER = "customers/<uuid:customer_id>/"
CONTACT = "contacts/<uuid:contact_id>/"
CONTRACT = "contracts/<uuid:contract_id>/"
ASSET = "assets/<uuid:asset_id>/"
COMPONENT = "components/<uuid:component_id>/"
PAPER = "papers/<uuid:paper_id>/"
DOWNTIME = "downtimes/<uuid:downtime_id>/"
DRAFT = "plans/drafts/<uuid:draft_id>/"

urlpatterns = [
    path("customers/new/", customers.new, name="customers_new"),
    path(CUSTOMER, customers.one, name="customers_one"),
    path(CUSTOMER + "edit/", customers.edit, name="customers_edit"),
    path(CUSTOMER + "parent/", companies.parent, name="customers_parent"),
    path(CUSTOMER + "visits/new/", visits.new, name="customers_visits_new"),
    path(CUSTOMER + "sites/new/", sites.new, name="customers_sites_new"),
    path("sites/<uuid:site_id>/edit/", sites.edit, name="customers_sites_edit"),
    path(CUSTOMER + "contacts/new/", contacts.new, name="customers_contacts_new"),
    path(CONTACT + "edit/", contacts.edit, name="customers_contacts_edit"),
    path(CONTACT + "consent/", consents.consent, name="customers_contacts_consent"),
    path(CONTACT + "account/", contact_accounts.account, name="customers_contacts_account"),
    path(CONTACT + "invitation/", contact_accounts.invite, name="customers_contacts_invite"),
    path(CONTACT + "account/end/", contact_accounts.withdraw, name="customers_contacts_withdraw"),
    path(CUSTOMER + "projects/new/", projects.new, name="customers_projects_new"),
    path("projects/<uuid:project_id>/edit/", projects.edit, name="customers_projects_edit"),
    path("projects/<uuid:project_id>/", papers.project, name="projects_one"),
    path(
        "projects/<uuid:project_id>/papers/new/",
        papers.new_of_project,
        name="projects_papers_new",
    ),
    path(
        "contracts/<uuid:contract_id>/papers/new/",
        papers.new_of_contract,
        name="contracts_papers_new",
    ),
    path(PAPER, papers.one, name="papers_one"),
    path(PAPER + "edit/", papers.edit, name="papers_edit"),
    path(PAPER + "version/", papers.version, name="papers_version"),
    path(PAPER + "check/", papers.check, name="papers_check"),
    path(PAPER + "hand-over/", papers.hand_over, name="papers_hand_over"),
    path(PAPER + "waive/", papers.waive, name="papers_waive"),
    path(PAPER + "files/<uuid:file_id>/", papers.file, name="papers_file"),
    path(CUSTOMER + "assets/new/", assets.new, name="customers_assets_new"),
    path("assets/<uuid:asset_id>/", assets.one, name="assets_one"),
    path("assets/<uuid:asset_id>/edit/", assets.edit, name="assets_edit"),
    path(ASSET + "swap/", asset_parts.swap, name="assets_swap"),
    path(ASSET + "components/new/", asset_parts.new, name="assets_components_new"),
    path(COMPONENT + "edit/", asset_parts.edit, name="assets_components_edit"),
    path(COMPONENT + "replace/", asset_parts.replace, name="assets_components_replace"),
    path(COMPONENT + "remove/", asset_parts.remove, name="assets_components_remove"),
    path(ASSET + "photos/new/", asset_parts.photos_new, name="assets_photos_new"),
    path(ASSET + "photos/<uuid:file_id>/", asset_parts.photos_file, name="assets_photos_one"),
    path(
        ASSET + "photos/<uuid:file_id>/picture/",
        asset_parts.photos_picture,
        name="assets_photos_picture",
    ),
    path(ASSET + "downtimes/new/", downtimes.new, name="assets_downtimes_new"),
    path(DOWNTIME + "end/", downtimes.end, name="assets_downtimes_end"),
    path(DOWNTIME + "void/", downtimes.void, name="assets_downtimes_void"),
    path(CUSTOMER + "contracts/new/", contracts.new, name="contracts_new"),
    path("contracts/terms/", contracts.terms, name="contracts_terms"),
    path("contracts/<uuid:contract_id>/", contracts.one, name="contracts_one"),
    path("contracts/<uuid:contract_id>/move/", moving.move, name="contracts_move"),
    path("contracts/<uuid:contract_id>/edit/", contracts.edit, name="contracts_edit"),
    path(CONTRACT + "advance/", life.advance, name="contracts_advance"),
    path(CONTRACT + "back/", life.take_back, name="contracts_back"),
    path(CONTRACT + "suspend/", life.suspend, name="contracts_suspend"),
    path(CONTRACT + "resume/", life.resume, name="contracts_resume"),
    path(CONTRACT + "supplement/", life.supplement, name="contracts_supplement"),
    path(CONTRACT + "renew/", life.renew, name="contracts_renew"),
    path(CONTRACT + "quota/", life.quota, name="contracts_quota"),
    path(CONTRACT + "use/", life.use, name="contracts_use"),
    path(CONTRACT + "use/<uuid:use_id>/back/", life.use_back, name="contracts_use_back"),
    path(CONTRACT + "hold/", contract_promises.hold, name="contracts_hold"),
    path(
        CONTRACT + "hold/<uuid:holding_id>/back/",
        contract_promises.hold_back,
        name="contracts_hold_back",
    ),
    path("promises/<uuid:figure_id>/cases/", contract_promises.cases, name="promises_cases"),
    path(CONTRACT + "agree/", life.agree, name="contracts_agree"),
    path(CONTRACT + "agreed/<uuid:agreement_id>/", life.settle, name="contracts_settle"),
    path(
        "agreements/<uuid:agreement_id>/files/<uuid:file_id>/",
        life.agreement_file,
        name="agreements_file",
    ),
    path("plans/publish/", plans.publish, name="plans_publish"),
    path("plans/drafts/", writing.drafts, name="plan_drafts"),
    path(DRAFT, deciding.one, name="plan_drafts_one"),
    path(DRAFT + "write/", writing.write, name="plan_drafts_write"),
    path(DRAFT + "form/", writing.live, name="plan_drafts_live"),
    path(DRAFT + "tests/<uuid:test_id>/drop/", deciding.untest, name="plan_drafts_untest"),
    path(DRAFT + "approve/", deciding.approve, name="plan_drafts_approve"),
    path(DRAFT + "publish/", deciding.publish, name="plan_drafts_publish"),
    path(DRAFT + "drop/", deciding.drop, name="plan_drafts_drop"),
    path("plans/<uuid:version_id>/withdraw/", plans.withdraw, name="plans_withdraw"),
    path("plans/<uuid:version_id>/", plans.one, name="plans_one"),
    path("plans/<uuid:version_id>/file/", plans.source, name="plans_source"),
    path("settings/people/new/", people.new, name="settings_people_new"),
    path(PERSON, people.one, name="settings_people_one"),
    path(PERSON + "edit/", people.edit, name="settings_people_edit"),
    path(PERSON + "roles/", people.assign, name="settings_people_assign"),
    path(PERSON + "roles/end/", people.revoke, name="settings_people_revoke"),
    path(PERSON + "account/", people.account, name="settings_people_account"),
    path(PERSON + "invitation/", people.invite, name="settings_people_invite"),
    path("settings/holidays/", holidays.holidays, name="settings_holidays"),
    path("settings/holidays/enter/", holidays.enter, name="settings_holidays_enter"),
    path(PERSON + "end/", people.deactivate, name="settings_people_end"),
    path(PERSON + "return/", people.reactivate, name="settings_people_return"),
    path("settings/health/", health.windows, name="settings_health"),
    path("settings/units/", units.units, name="settings_units"),
    path("settings/units/new/", units.new, name="settings_units_new"),
    path("settings/units/<uuid:unit_id>/", units.edit, name="settings_units_edit"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<uuid:token_id>/end/", tokens.end, name="tokens_end"),
    path("welcome/", welcome.welcome, name="welcome"),
]
