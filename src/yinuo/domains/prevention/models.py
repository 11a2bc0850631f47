"""Preventive work: series of visits, outreach, proposals, what was found."""
