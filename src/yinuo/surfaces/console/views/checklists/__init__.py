"""Checklists: templates with their builder, and filling one in on a sheet."""
