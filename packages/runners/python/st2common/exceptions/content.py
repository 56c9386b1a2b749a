"""Errors of content."""

__all__ = ["ParseException"]


class ParseException(ValueError):
    pass
