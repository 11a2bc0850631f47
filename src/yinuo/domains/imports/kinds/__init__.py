"""How each kind of row finds what is there already and which service it calls."""

from __future__ import annotations

from collections.abc import Mapping

from yinuo.domains.imports.drafts import Filing
from yinuo.domains.imports.kinds.assets import file_assets
from yinuo.domains.imports.kinds.components import file_components
from yinuo.domains.imports.kinds.contacts import file_contacts
from yinuo.domains.imports.kinds.contracts import file_contracts
from yinuo.domains.imports.kinds.customers import file_customers
from yinuo.domains.imports.kinds.events import file_events
from yinuo.domains.imports.kinds.papers import file_papers
from yinuo.domains.imports.kinds.projects import file_projects
from yinuo.domains.imports.kinds.sites import file_sites
from yinuo.domains.imports.types import Kind

FILINGS: Mapping[Kind, Filing] = {
    Kind.CUSTOMERS: file_customers,
    Kind.SITES: file_sites,
    Kind.CONTACTS: file_contacts,
    Kind.PROJECTS: file_projects,
    Kind.ASSETS: file_assets,
    Kind.COMPONENTS: file_components,
    Kind.CONTRACTS: file_contracts,
    Kind.PAPERS: file_papers,
    Kind.EVENTS: file_events,
}

__all__ = ["FILINGS"]
