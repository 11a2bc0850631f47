"""Which unit serves a request: offered to one after another, up to headquarters.

What it does: asks units in order whether they take a request, each within a time limit; keeps who
was asked, who was passed over and why, who answered what; gives a sheet to a specialist or to the
manager who assigns.
What it never does: rank people (dispatch) or move a request's state (requests). It stands above
both, because an offer ends in a sheet that somebody is sent with.
"""
