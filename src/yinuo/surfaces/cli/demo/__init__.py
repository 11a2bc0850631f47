"""An invented company, loaded through the same services that people use.

Everything about it is data in `company.toml`; dates are laid relative to the day of loading, so
that it always shows a lively month.
"""
