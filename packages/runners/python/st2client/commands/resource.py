"""Errors of the command line that packs catch."""

__all__ = ["ResourceNotFoundError"]


class ResourceNotFoundError(Exception):
    pass
