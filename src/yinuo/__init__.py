"""Yinuo 一诺: after-sales service in which every promise is measured, priced and proven."""

__version__ = "0.1.0"
