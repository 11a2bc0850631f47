"""Links that act without sign-in: a quote accepted, a letter confirmed by whoever holds the link.

What it does: keeps what a secret of 128 bits stands for, until when, and what became of it (R15).
What it never does: store a secret, admit to anything but its one purpose, or act twice.
"""
