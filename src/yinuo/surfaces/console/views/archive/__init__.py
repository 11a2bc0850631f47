"""The archive: customers with sites, contacts, projects, assets and contracts; service plans."""
