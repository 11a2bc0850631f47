"""Notices: what the product tells a person, in the app or by another channel.

What it does: keeps each notice with its recipient and channel; the inbox of a person, and for
administrators the outbox with what left, waits or failed.
What it never does: decide whom to tell or why; that is the business of the domains above. It
sends nothing either: a channel whose transport is not set up keeps its notices waiting.
"""
