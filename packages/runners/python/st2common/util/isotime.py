"""Dates as ISO 8601 texts."""
import datetime
import re

from st2common.util import date as date_utils

__all__ = ["format", "parse", "validate"]

ISO8601_FORMAT = "%Y-%m-%dT%H:%M:%S"
ISO8601_FORMAT_MICROSECOND = "%Y-%m-%dT%H:%M:%S.%f"
ISO8601_UTC_REGEX = r"^\d{4}\-\d{2}\-\d{2}(\s|T)\d{2}:\d{2}:\d{2}(\.\d{3,6})?(Z|\+00|\+0000|\+00:00)$"


def format(dt, usec=True, offset=True):
    """
    `usec`: with microseconds. `offset`: the zone as `+00:00`, otherwise as its name, `Z` for UTC.
    """
    if isinstance(dt, str):
        dt = parse(dt)
    elif isinstance(dt, int):
        dt = datetime.datetime.fromtimestamp(dt, datetime.timezone.utc)
    text = dt.strftime(ISO8601_FORMAT_MICROSECOND if usec else ISO8601_FORMAT)
    return text + (_offset(dt) if offset else _zone_name(dt))


def validate(value, raise_exception=True):
    if isinstance(value, datetime.datetime) or (isinstance(value, str) and re.match(ISO8601_UTC_REGEX, value)):
        return True
    if raise_exception:
        raise ValueError("Datetime value does not match expected format.")
    return False


def parse(value, preserve_original_tz=False, validate_value=True):
    if validate_value:
        validate(value, raise_exception=True)
    return date_utils.parse(value=value, preserve_original_tz=preserve_original_tz)


def _offset(dt):
    digits = dt.strftime("%z")
    return digits[:3] + ":" + digits[3:] if digits else "+00:00"


def _zone_name(dt):
    name = dt.tzinfo.tzname(dt) if dt.tzinfo else "UTC"
    return "Z" if name == "UTC" else name
