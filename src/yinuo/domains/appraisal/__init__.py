"""Appraisal: what the other domains know of a person's and a unit's work, side by side.

What it does: puts together, for a month or a year, satisfaction, a supervisor's result from his
engineers, duty, visits of salespeople and trainings. What it never does: store a figure, weigh
one against another, or show what its own domain would hide.
"""
