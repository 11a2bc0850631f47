"""Pages of the breach ledger."""
