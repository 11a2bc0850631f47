"""Checklists (检查单): templates as versions that never change, and the lines filled in on sheets.

What it does: publishes template files, fills a template in on a work order line by line, carries
unfinished lines over to the next sheet of the same work, opens follow-up work for what failed, and
binds the lines to what the customer signs.
What it never does: change a published version, or a line once the sheet is signed.
"""
