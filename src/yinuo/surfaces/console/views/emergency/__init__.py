"""Pages of emergency plans."""
