"""Errors that actions raise."""

__all__ = ["InvalidActionParameterException", "ParameterRenderingFailedException"]


class InvalidActionParameterException(Exception):
    pass


class ParameterRenderingFailedException(Exception):
    pass
