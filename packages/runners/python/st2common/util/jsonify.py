"""Values as JSON texts."""
import json

__all__ = ["get_json_type_for_python_value", "json_decode", "json_encode", "json_loads", "try_loads"]


def json_encode(obj, indent=None, sort_keys=False):
    return json.dumps(obj, indent=indent, sort_keys=sort_keys, default=_plain)


def json_decode(data):
    return json.loads(data)


def json_loads(obj, keys=None):
    """Reads the texts under these keys (all keys by default) in place; a text that is no JSON stays."""
    if not obj:
        return obj
    for key in keys or list(obj):
        try:
            obj[key] = json.loads(obj[key])
        except (KeyError, TypeError, ValueError):
            continue
    return obj


def try_loads(s):
    try:
        return json.loads(s) if s and isinstance(s, str) else s
    except ValueError:
        return s


def get_json_type_for_python_value(value):
    kinds = {str: "string", int: "number", float: "number", dict: "object", list: "array", bool: "boolean"}
    if value is None:
        return "null"
    return kinds.get(type(value), "unknown")


def _plain(value):
    if callable(getattr(value, "__json__", None)):
        return value.__json__()
    raise TypeError("%r is not JSON serializable" % (value,))
