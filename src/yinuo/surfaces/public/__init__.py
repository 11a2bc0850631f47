"""The surface for whoever holds a link: sees one document and answers it, without signing in.

What it does: pages below /l/ for phones first, one registered page for each purpose of a link.
What it never does: act on a GET, show anything but what the link is about, or log a secret.
"""
