"""What an action returned, as JSON: which values have a form there, and what becomes of the others."""
import dataclasses
import datetime
import enum
import json
import math
import re
import uuid

#: Integers that the wire carries.
_MIN_INTEGER = -(2**63)
_MAX_INTEGER = 2**64 - 1

#: Deepest nesting; deeper values, and those that hold themselves, have no JSON form.
MAX_DEPTH = 254


class NotSerialisable(TypeError):
    """The value has no JSON form."""


def encode_output(result, status):
    """`{"result": …, "status": true | false | null}` as bytes."""
    try:
        return _encode(result, status)
    except NotSerialisable:
        text = str(result) if status is not None else _shown_without_status(result)
        return _dump({"result": text, "status": status})


def _encode(result, status):
    if _is_plain((result,), 0):
        try:
            return _dump({"result": result, "status": status})
        except ValueError:
            # NaN or an infinity.
            pass
    return _dump({"result": to_plain(result), "status": status})


def _is_plain(items, depth):
    """Whether nothing in there needs another form. Nearly all results; a copy of a large one would cost more than the rest."""
    _check_depth(depth)
    for item in items:
        kind = type(item)
        if kind is str or kind is bool or item is None or kind is float:
            continue
        if kind is int:
            _plain_integer(item)
        elif kind is dict:
            for key in item:
                if type(key) is not str:
                    return False
            if not _is_plain(item.values(), depth + 1):
                return False
        elif kind is list or kind is tuple:
            if not _is_plain(item, depth + 1):
                return False
        else:
            return False
    return True


def to_plain(value, depth=0):
    """The value with nothing in it but what JSON has. NaN and infinities become null, tuples lists."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is dict:
        return _plain_dict(value, depth + 1)
    if kind is list or kind is tuple:
        return _plain_list(value, depth + 1)
    if kind is int:
        return _plain_integer(value)
    if kind is float:
        return value if math.isfinite(value) else None
    return _plain_other(value, depth)


def _plain_dict(value, depth):
    _check_depth(depth)
    plain = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotSerialisable("dict key of type %s" % type(key).__name__)
        plain[str(key)] = item if type(item) is str else to_plain(item, depth)
    return plain


def _plain_list(value, depth):
    _check_depth(depth)
    return [item if type(item) is str else to_plain(item, depth) for item in value]


def _plain_integer(value):
    if not _MIN_INTEGER <= value <= _MAX_INTEGER:
        raise NotSerialisable("integer beyond 64 bits")
    return value


def _plain_other(value, depth):
    if isinstance(value, enum.Enum):
        return to_plain(value.value, depth)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        return _plain_integer(int(value))
    if isinstance(value, dict):
        return _plain_dict(value, depth + 1)
    if isinstance(value, list):
        return _plain_list(value, depth + 1)
    if isinstance(value, datetime.datetime) or isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time) and value.tzinfo is None:
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field.name for field in dataclasses.fields(value) if not field.name.startswith("_")]
        return _plain_dict({name: getattr(value, name) for name in fields if hasattr(value, name)}, depth + 1)
    if callable(getattr(value, "__json__", None)) and not isinstance(value, type):
        return to_plain(value.__json__(), depth + 1)
    raise NotSerialisable("type %s" % type(value).__name__)


def _check_depth(depth):
    if depth > MAX_DEPTH:
        raise NotSerialisable("nested deeper than %d" % MAX_DEPTH)


def _dump(plain):
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8 form.
    return text.encode("utf-8", errors="replace")


def _shown_without_status(result):
    """The text upstream shows for a value without JSON form and without a status, its tail included."""
    text = str({"result": result, "status": None})
    found = re.search("'result': (.*?)$", text)
    return found.group(1) if found else text.strip()


def to_message(value, depth=0):
    """The value with nothing in it but what JSON has, whatever it was: what has no form there becomes a text."""
    if depth > MAX_DEPTH:
        return str(value)
    if isinstance(value, dict):
        return {str(key): to_message(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_message(item, depth + 1) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", errors="replace")
    try:
        return to_plain(value, depth)
    except NotSerialisable:
        return str(value)
