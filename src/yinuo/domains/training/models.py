"""Training sessions: participants, results, certificates granted."""
