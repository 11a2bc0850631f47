"""Pages of preventive visits."""
