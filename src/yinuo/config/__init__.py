"""Outermost tier: settings, URLs, WSGI and worker entry points. Nothing imports it."""
