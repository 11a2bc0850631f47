"""Pages of prices and quotes."""
