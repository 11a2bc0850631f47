"""HTTP plumbing: request ids, logs, which middleware runs for browsers only, health."""
