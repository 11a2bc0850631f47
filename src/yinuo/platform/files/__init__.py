"""Attachments: kept under random names with their hash, given back only as attachments (R10, R25).

A file belongs to an owner, named as audit entries name their subject: a model's label and a public
id. Whether somebody may see the owner is the domain's question, asked before anything here is
called; nothing here knows what an owner is.
"""
