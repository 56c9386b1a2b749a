"""Records what Python makes of the comparisons of criteria: record-operators.py > operators.json (needs python-dateutil).

The operators are written down here from their description alone; what they rest on is Python's: ==, <, in, str methods,
re, fnmatch, float and dateutil. A row is [operator, value, pattern, expected, condition?]; expected is true, false or the
text of the exception, as `{"error": ...}`.
"""
import datetime
import fnmatch
import itertools
import json
import re
import sys

import dateutil.parser

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def age(value):
    default = NOW.replace(tzinfo=None)
    moment = dateutil.parser.parse(str(value), default=default)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return (NOW - moment).total_seconds()


def unless_null(compare):
    return lambda value, pattern: False if pattern is None else compare(value, pattern)


def search(value, pattern, condition):
    if pattern is None:
        return False
    if condition not in ("any", "all", "any2any", "all2any"):
        raise ValueError(
            "The '%s' search condition is not recognized, only 'any', 'all', 'any2any', 'all2any' are allowed" % condition
        )
    items = [value] if isinstance(value, dict) else value
    of_items = any if condition.startswith("any") else all
    of_criteria = any if condition.endswith("2any") else all
    return of_items(of_criteria(check(item, key, criterion) for key, criterion in pattern.items()) for item in items)


def check(item, key, criterion):
    found = {"item": item}
    for name in key.split("#")[0].split("."):
        found = found.get(name) if isinstance(found, dict) else None
    try:
        if criterion["type"] == "search":
            return search(found, criterion["pattern"], criterion.get("condition"))
        return OPERATORS[criterion["type"]](found, criterion["pattern"])
    except Exception:
        return False


OPERATORS = {
    "equals": unless_null(lambda v, p: v == p),
    "nequals": lambda v, p: v != p,
    "iequals": unless_null(lambda v, p: v.lower() == p.lower()),
    "contains": unless_null(lambda v, p: p in v),
    "icontains": unless_null(lambda v, p: p.lower() in v.lower()),
    "ncontains": unless_null(lambda v, p: p not in v),
    "incontains": unless_null(lambda v, p: p.lower() not in v.lower()),
    "startswith": unless_null(lambda v, p: v.startswith(p)),
    "istartswith": unless_null(lambda v, p: v.lower().startswith(p.lower())),
    "endswith": unless_null(lambda v, p: v.endswith(p)),
    "iendswith": unless_null(lambda v, p: v.lower().endswith(p.lower())),
    "lessthan": unless_null(lambda v, p: v < p),
    "greaterthan": unless_null(lambda v, p: v > p),
    "matchwildcard": unless_null(lambda v, p: fnmatch.fnmatch(v, p)),
    "matchregex": unless_null(lambda v, p: re.compile(p, re.DOTALL).match(v) is not None),
    "regex": unless_null(lambda v, p: re.compile(p).search(v) is not None),
    "iregex": unless_null(lambda v, p: re.compile(p, re.IGNORECASE).search(v) is not None),
    "timediff_lt": unless_null(lambda v, p: age(v) < float(p)),
    "timediff_gt": unless_null(lambda v, p: age(v) > float(p)),
    "exists": lambda v, p: v is not None,
    "nexists": lambda v, p: v is None,
    "inside": unless_null(lambda v, p: v in p),
    "ninside": unless_null(lambda v, p: v not in p),
}
ALIASES = {
    "eq": "equals", "neq": "nequals", "ieq": "iequals", "lt": "lessthan", "gt": "greaterthan",
    "td_lt": "timediff_lt", "td_gt": "timediff_gt", "in": "inside", "nin": "ninside",
}

KINDS = [None, True, False, 0, 1, 1.5, "", "a", "A", "1", "True", [], ["a"], [1, "a"], {}, {"a": 1}]
TEXTS = ["", "a", "A", "abc", "ABC", "xabc", "a\nb", "ß", "É", "é", "😀a", "İ", 5, None, ["abc"]]
NUMBERS = [None, True, 0, 1, -1, 1.5, 2**53, "1", "2", "10", "a", "b", "😀", "\uffff", [1], [1, 2], [2], {"a": 1}]
GLOBS = ["*", "", "a*", "*c", "a?c", "[abc]*", "[!a]*", "[]]", "[!]]", "[a-c]x", "[c-a]x", "[a-", "[", "a**c", "*.txt",
         "[a-c-e]", "[-a]", "[a-]", "\\*", "[\\]", "[!", "a[b]c", "A*", "?", "*[0-9]", "[^a]"]
GLOBBED = ["", "a", "abc", "ABC", "a\nc", "x", "bx", "]", "-", "\\*", "\\", "[a-", "[", "file.txt", "d", "e", "v9", "^", 5, None]
PATTERNS = ["a", "^a", "b$", "a.c", "(?i)abc", "(?P<x>a)(?P=x)", "(?<=x)a", "a{2,}", "[[:alpha:]]", "\\d+", "\\w+\\s\\w+",
            "(", "a**", "(?P<n", "^b", "(?m)^b", "\\Ab", "c\\Z", "a|b", "", "\\bfoo\\b", "(?s)a.c", "é", "[^a]", "(?<!x)a", "(a)\\1"]
SEARCHED = ["a", "aa", "abc", "xa", "a\nc", "a\nb", "b", "foo bar", "42", "É", "", 5, None]
DATES = ["2026-01-01T00:00:00Z", "2025-12-31T23:59:00", "2025-12-31T23:59:00+01:00", "2026-01-01 00:10", "Dec 31 2025",
         "Wed, 31 Dec 2025 23:59:30 GMT", "20251231", "20251231T235900Z", "yesterday", "", 20251231, None, "2025-13-01",
         "2025-12-31T23:59:59.999999Z", "31/12/2025 12:00", "2026-01-02"]
PERIODS = [0, 60, "60", "3600", -5, 1e9, "x", [1], True, " 90.5 ", "-inf"]
ITEMS = [
    [], [{"n": "a", "v": 1}], [{"n": "a", "v": 1}, {"n": "b", "v": 2}], [{"n": "b", "v": 1}, {"n": "a", "v": 2}],
    [{"n": "c", "v": 3}], {"n": "a", "v": 1}, ["a"], [None], "ab", "", [{"l": [{"n": "a"}]}], [[1], {"n": "a"}], 5, None, True,
]
NESTED = [
    {"item.n": {"type": "equals", "pattern": "a"}},
    {"item.n": {"type": "equals", "pattern": "a"}, "item.v": {"type": "lessthan", "pattern": 2}},
    {"item": {"type": "equals", "pattern": "a"}},
    {"item.n#1": {"type": "startswith", "pattern": "a"}, "item.n#2": {"type": "endswith", "pattern": "b"}},
    {},
    {"item.l": {"type": "search", "condition": "any", "pattern": {"item.n": {"type": "equals", "pattern": "a"}}}},
]


def pairs():
    for name in ("equals", "nequals", "contains", "ncontains", "inside", "ninside"):
        yield from ((name, v, p) for v, p in itertools.product(KINDS, KINDS))
    for name in ("exists", "nexists"):
        yield from ((name, v, p) for v, p in itertools.product(KINDS, [None, "x", True]))
    for name in ("iequals", "icontains", "incontains", "startswith", "istartswith", "endswith", "iendswith"):
        yield from ((name, v, p) for v, p in itertools.product(TEXTS, TEXTS))
    for name in ("lessthan", "greaterthan"):
        yield from ((name, v, p) for v, p in itertools.product(NUMBERS, NUMBERS))
    yield from (("matchwildcard", v, p) for v, p in itertools.product(GLOBBED, [*GLOBS, 5, None]))
    for name in ("matchregex", "regex", "iregex"):
        yield from ((name, v, p) for v, p in itertools.product(SEARCHED, [*PATTERNS, 5, None, ["a"]]))
    for name in ("timediff_lt", "timediff_gt"):
        yield from ((name, v, p) for v, p in itertools.product(DATES, [*PERIODS, None]))
    for alias, name in ALIASES.items():
        yield from ((alias, v, p) for v, p in (("a", "a"), ("a", "b"), (1, 2), (2, 1), (None, "a"), ("a", ["a"]), ("2020-01-01", 5)))


def outcome(compute):
    try:
        return bool(compute())
    except Exception as error:
        return {"error": str(error)}


def rows():
    for name, value, pattern in pairs():
        operator = OPERATORS[ALIASES.get(name, name)]
        yield [name, value, pattern, outcome(lambda: operator(value, pattern))]
    for value, pattern, condition in itertools.product(ITEMS, NESTED, ("any", "all", "any2any", "all2any")):
        yield ["search", value, pattern, outcome(lambda: search(value, pattern, condition)), condition]
    for value, condition in itertools.product(ITEMS, (None, "some", "ANY")):
        yield ["search", value, NESTED[0], outcome(lambda: search(value, NESTED[0], condition)), condition]


sys.stdout.write("[\n" + ",\n".join(json.dumps(row) for row in rows()) + "\n]\n")
