"""Addresses of the archive and of administration, below those of the navigation."""

from __future__ import annotations

from django.urls import path

from yinuo.surfaces.console.views.archive import (
    assets,
    contacts,
    contracts,
    customers,
    plans,
    projects,
    sites,
)

CUSTOMER = "customers/<uuid:customer_id>/"

urlpatterns = [
    path("customers/new/", customers.new, name="customers_new"),
    path(CUSTOMER, customers.one, name="customers_one"),
    path(CUSTOMER + "edit/", customers.edit, name="customers_edit"),
    path(CUSTOMER + "sites/new/", sites.new, name="customers_sites_new"),
    path("sites/<uuid:site_id>/edit/", sites.edit, name="customers_sites_edit"),
    path(CUSTOMER + "contacts/new/", contacts.new, name="customers_contacts_new"),
    path("contacts/<uuid:contact_id>/edit/", contacts.edit, name="customers_contacts_edit"),
    path(CUSTOMER + "projects/new/", projects.new, name="customers_projects_new"),
    path("projects/<uuid:project_id>/edit/", projects.edit, name="customers_projects_edit"),
    path(CUSTOMER + "assets/new/", assets.new, name="customers_assets_new"),
    path("assets/<uuid:asset_id>/", assets.one, name="assets_one"),
    path("assets/<uuid:asset_id>/edit/", assets.edit, name="assets_edit"),
    path(CUSTOMER + "contracts/new/", contracts.new, name="contracts_new"),
    path("contracts/terms/", contracts.terms, name="contracts_terms"),
    path("contracts/<uuid:contract_id>/", contracts.one, name="contracts_one"),
    path("contracts/<uuid:contract_id>/edit/", contracts.edit, name="contracts_edit"),
    path("plans/publish/", plans.publish, name="plans_publish"),
    path("plans/<uuid:version_id>/", plans.one, name="plans_one"),
    path("plans/<uuid:version_id>/file/", plans.source, name="plans_source"),
]
