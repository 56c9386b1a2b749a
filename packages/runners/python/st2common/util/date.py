"""Dates with time zones."""
import datetime
import re

__all__ = ["add_utc_tz", "append_milliseconds_to_time", "convert_to_utc", "get_datetime_utc_now", "parse"]

_ISO = re.compile(
    r"^\s*(\d{4})-(\d{2})-(\d{2})(?:[T\s](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*"
    r"(Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?\s*$"
)


def get_datetime_utc_now():
    return datetime.datetime.now(datetime.timezone.utc)


def add_utc_tz(dt):
    if dt.tzinfo is not None and dt.tzinfo.tzname(dt) != "UTC":
        raise ValueError("datetime already contains a non UTC timezone")
    return dt.replace(tzinfo=datetime.timezone.utc)


def convert_to_utc(dt):
    return add_utc_tz(dt) if dt.tzinfo is None else dt.astimezone(datetime.timezone.utc)


def parse(value, preserve_original_tz=False):
    """A text as ISO 8601 has it; without a zone it is UTC."""
    match = _ISO.match(value)
    if match is None:
        raise ValueError("Unknown string format: %s" % value)
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    dt = datetime.datetime(
        int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), microsecond, _zone(zone)
    )
    return dt if preserve_original_tz else dt.astimezone(datetime.timezone.utc)


def append_milliseconds_to_time(date, millis):
    return date + datetime.timedelta(milliseconds=millis)


def _zone(text):
    if text is None or text.upper() in ("Z", "UTC"):
        return datetime.timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if not offset:
        return datetime.timezone.utc
    return datetime.timezone(-offset if text[0] == "-" else offset)
