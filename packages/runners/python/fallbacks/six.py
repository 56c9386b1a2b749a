"""The part of six that packs use, for those whose virtualenv has none: Python 3 only."""
import builtins
import collections.abc
import functools
import io
import itertools
import operator
import queue
import struct
import sys
import types
import urllib.error
import urllib.parse
import urllib.request
from http import client as http_client
from io import BytesIO, StringIO

PY2 = False
PY3 = True
PY34 = True
MAXSIZE = sys.maxsize
string_types = (str,)
integer_types = (int,)
class_types = (type,)
text_type = str
binary_type = bytes

unichr = chr
int2byte = struct.Struct(">B").pack
byte2int = operator.itemgetter(0)
indexbytes = operator.getitem
iterbytes = iter
advance_iterator = next
next = next
callable = callable
Iterator = object
wraps = functools.wraps
create_bound_method = types.MethodType


def u(text):
    return text


def b(text):
    return text.encode("latin-1")


def iteritems(mapping, **kwargs):
    return iter(mapping.items(**kwargs))


def iterkeys(mapping, **kwargs):
    return iter(mapping.keys(**kwargs))


def itervalues(mapping, **kwargs):
    return iter(mapping.values(**kwargs))


def viewitems(mapping):
    return mapping.items()


def viewkeys(mapping):
    return mapping.keys()


def viewvalues(mapping):
    return mapping.values()


def get_function_name(function):
    return function.__name__


def get_method_function(method):
    return method.__func__


def get_method_self(method):
    return method.__self__


def get_unbound_function(unbound):
    return unbound


def ensure_text(value, encoding="utf-8", errors="strict"):
    if isinstance(value, bytes):
        return value.decode(encoding, errors)
    if isinstance(value, str):
        return value
    raise TypeError("not expecting type '%s'" % type(value))


ensure_str = ensure_text


def ensure_binary(value, encoding="utf-8", errors="strict"):
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode(encoding, errors)
    raise TypeError("not expecting type '%s'" % type(value))


def reraise(kind, value, trace=None):
    error = kind() if value is None else value
    raise error.with_traceback(trace)


def raise_from(value, cause):
    raise value from cause


def python_2_unicode_compatible(kind):
    return kind


def with_metaclass(meta, *bases):
    """A base that makes the class anew with its metaclass."""

    class Temporary(type):
        def __new__(cls, name, _, namespace):
            return meta(name, bases, namespace)

    return type.__new__(Temporary, "temporary_class", (), {})


def add_metaclass(metaclass):
    def decorate(kind):
        namespace = {key: value for key, value in vars(kind).items() if key not in ("__dict__", "__weakref__")}
        for slot in _slots(namespace):
            namespace.pop(slot, None)
        return metaclass(kind.__name__, kind.__bases__, namespace)

    return decorate


def _slots(namespace):
    slots = namespace.get("__slots__", ())
    return [slots] if isinstance(slots, str) else slots


print_ = print
exec_ = exec


def _module(name, attributes):
    """`six.moves.<name>`, importable under that name."""
    module = types.ModuleType("six." + name)
    for key, value in attributes.items():
        setattr(module, key, value)
    sys.modules["six." + name] = module
    return module


_urllib = types.ModuleType("six.moves.urllib")
_urllib.parse, _urllib.error, _urllib.request = urllib.parse, urllib.error, urllib.request
_urllib.__path__ = []
for _name in ("parse", "error", "request"):
    sys.modules["six.moves.urllib." + _name] = getattr(_urllib, _name)
sys.modules["six.moves.urllib"] = _urllib

moves = _module(
    "moves",
    {
        "urllib": _urllib,
        "StringIO": StringIO,
        "cStringIO": StringIO,
        "BytesIO": BytesIO,
        "builtins": builtins,
        "collections_abc": collections.abc,
        "configparser": __import__("configparser"),
        "filter": filter,
        "filterfalse": itertools.filterfalse,
        "getcwd": __import__("os").getcwd,
        "http_client": http_client,
        "http_cookies": __import__("http.cookies", fromlist=["cookies"]),
        "http_cookiejar": __import__("http.cookiejar", fromlist=["cookiejar"]),
        "input": input,
        "intern": sys.intern,
        "map": map,
        "queue": queue,
        "range": range,
        "reduce": functools.reduce,
        "reload_module": __import__("importlib").reload,
        "shlex_quote": __import__("shlex").quote,
        "xrange": range,
        "zip": zip,
        "zip_longest": itertools.zip_longest,
    },
)
moves.__path__ = []
for _name in ("builtins", "configparser", "http_client", "http_cookies", "http_cookiejar", "queue", "collections_abc"):
    sys.modules["six.moves." + _name] = getattr(moves, _name)

#: Names that programs take from here though they are Python's own.
__all__ = [name for name in dir() if not name.startswith("_") and name not in ("io",)]
