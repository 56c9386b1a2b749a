"""Records what Python answers to the operations of this package: python3 record.py > python-values.json

Values are JSON; {"$float": "1.0"}, {"$int": "1267650600228229401496703205376"}, {"$tuple": [...]}, {"$dict": [[key, value]]} and
{"$set": [...]} stand for what JSON cannot tell apart. Recorded with Python 3.11.
"""
import ast
import itertools
import json
import operator
import re
import sys

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def encode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else {"$int": str(value)}
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, list):
        return [encode(v) for v in value]
    if isinstance(value, tuple):
        return {"$tuple": [encode(v) for v in value]}
    if isinstance(value, dict):
        return {"$dict": [[encode(k), encode(v)] for k, v in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((encode(v) for v in value), key=repr)}
    return {"$" + type(value).__name__: repr(value)}


def dumps(value, options):
    return json.dumps(
        value,
        sort_keys=options.get("sortKeys", False),
        indent=options.get("indent"),
        separators=options.get("separators"),
        ensure_ascii=options.get("ensureAscii", True),
    )


def found(match):
    return None if match is None else [match.span(i) for i in range(match.re.groups + 1)]


FUNCTIONS = {
    "repr": repr,
    "match": lambda pattern, text: found(re.match(pattern, text)),
    "search": lambda pattern, text: found(re.search(pattern, text)),
    "searchi": lambda pattern, text: found(re.search(pattern, text, re.IGNORECASE)),
    "findall": re.findall,
    "sub": re.sub,
    "split": re.split,
    "format": format,
    "json": json.loads,
    "str": str,
    "type": lambda v: type(v).__name__,
    "truth": bool,
    "literal": ast.literal_eval,
    "int": int,
    "float": float,
    "dumps": dumps,
    "round": round,
    "abs": abs,
    "-x": operator.neg,
    "+x": operator.pos,
    "in": lambda item, container: item in container,
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}

CASES = []


def case(function, *args):
    try:
        outcome = {"result": encode(FUNCTIONS[function](*args))}
    except Exception as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", str(error))]}
    CASES.append({"function": function, "args": [encode(a) for a in args], **outcome})


SHOWN = [
    None, True, False, 0, 1, -1, 42, 2**53, -(2**64), 10**20, 10**40, 0.0, -0.0, 1.0, 1.5, -2.25, 0.1, 1e15, 1e16, 1.5e16,
    123456789012345680.0, 1e17, 1e21, 1e22, 1.7976931348623157e308, 5e-324, 1e-4, 1e-5, 0.00012345, 1.2345e-7, 1e100, 3.14159,
    float("inf"), float("-inf"), float("nan"), "", "a", "it's", 'say "hi"', "both ' and \"", "back\\slash", "new\nline", "tab\t",
    "cr\r", "\x00\x1f\x7f", "\x80\xa0\xad", "\xe9\xfc\u4e2d\u6587", "\u200b\u2028\u3000", "\U0001f600", "\U000e0001", "\ue000", "a b",
    [], [1], [1, "a", None, [True]], (), (1,), (1, 2), ((1,), [2]), {}, {"a": 1}, {"b": [1, {"c": 2.0}], "a": None},
    {1: "x", None: 2, (1, 2): 3, True: 4}, {"it's": "\n"}, [[], {}, ()], {"10": 1, "9": 2},
]
for value in SHOWN:
    case("repr", value)
    case("str", value)
    case("type", value)
    case("truth", value)

LITERALS = [
    "1", "-1", "+5", "1_000", "0x1F", "0o17", "0b101", "00", "01", "1.", ".5", "1e3", "1E-3", "1_0.0_1", "1__0", "1_", "0x", "1.5.2", "12abc",
    "1j", "- 3", "-1.5", "10**2", "99999999999999999999", "'a'", '"a"', "'a' 'b'", "'it\\'s'", r"'\d+'", r"r'\d+'", r"'\n\t\\'", r"'\x41\u00e9\101'",
    r"'\U0001F600'", r"u'\u4e2d'", r"'\x4'", r"'\u12'", r"'\777'", "'''a\nb'''", '"""x"""', "'''it's'''", "'a\nb'", "'a", "\"a'", "b'x'", "f'x'", "br'x'", "'a\\\nb'",
    "rb'x'", "True", "False", "None", "true", "null", "foo", "foo.bar", "foo(1)", "foo[0]", "x y", "[]", "[1]", "[1,]", "[1, 2", "[,]", "[1 2]", "()", "(1)",
    "(1,)", "(1, 2)", "1, 2", "1,", ",", "{}", "{'a': 1}", "{'a': 1, 'b': [1, {'c': (2,)}]}", "{'a': 1,}", "{'a'}", "{1, 2, 2}", "{'a': }", "{'a' 1}", "{1: 2, True: 3}",
    "{[1]: 2}", "{(1,): 2}", "set()", "set", "[1]\n", " [1]", "\t[1]", "\n[1]", "[1,\n 2]", "[1, # c\n 2]", "1 # c", "1\n2", "", " ", "1 + 2", "1 - 'a'", "'a' + 'b'", "1 < 2", "not True",
    "-True", "-'a'", "-[1]", "--1", "1 if True else 2", "lambda: 0", "[x for x in y]", "True and False", "a and b", "$", "?", "a = 1", "{'a': b}", "[foo()]", "[1, foo]", "None or 1",
    "yes", "Yes", "import os", "__import__('os')", "'a' 1", "1 'a'", "1 in [1]", "x is None", "~1", "inf", "1e999", "-1e999", "{**{}}", "[*[]]", "'\u00e9'", "'\U0001f600'",
    "{'a': 1} ", "'%s'", "({'a': 1})", "((1))", "((1,), (2,))", "[[[[1]]]]", "{'__proto__': 1}", "{'constructor': 1}",
]
for text in LITERALS:
    case("literal", text)

for text in ["5", " 5 ", "-5", "+5", "- 5", "1_000", "_1", "1_", "1__0", "", " ", "5.5", "x", "0x1f", "1e3", "٣", "１２", "99999999999999999999", "\u20035\u2003", "it's", "007", "-0", "0_0"]:
    case("int", text)
for text, base in [("1f", 16), ("0x1f", 16), ("0x_1f", 16), ("z", 36), ("101", 2), ("0b101", 2), ("0b101", 0), ("0x1F", 0), ("010", 0), ("10", 0), ("00", 0), ("9", 8), ("0o17", 8), ("12", 2), ("1", 1), ("1", 37)]:
    case("int", text, base)
for value in [5.9, -5.9, 1e20, True, None, [], {}, float("nan"), float("inf"), 2**70]:
    case("int", value)
for text in ["5", " 5.5 ", "-1e3", "1_0.5", "1._5", "inf", "-Infinity", "NaN", "nano", "", ".", ".5", "5.", "e5", "1e", "0x1f", "x", "1,5", "٣.٥", "1e400", "+.5e-2", "1__0", "it's"]:
    case("float", text)
for value in [5, True, None, [], 2**70, 10**400, 1.5]:
    case("float", value)

for value in SHOWN:
    case("dumps", value, {})
NESTED = {"b": [1, {"d": None, "c": True}], "a": [], "e": {}, "\u00e9": 1.5}
for options in [{"sortKeys": True}, {"indent": 2}, {"indent": 0}, {"indent": 4, "sortKeys": True}, {"separators": [",", ":"]}, {"separators": [",", ": "]}, {"ensureAscii": False}, {"indent": "\t"}]:
    case("dumps", NESTED, options)
case("dumps", {1: "a", 2.5: "b", True: "c", None: "d"}, {})
case("dumps", {(1,): "a"}, {})
case("dumps", {"a": {1}}, {})
case("dumps", {"a": "\x7f\u2028\U0001f600"}, {"ensureAscii": False})
case("dumps", {"a": 1, 2: 3}, {"sortKeys": True})
case("dumps", {"\U0001f600": 1, "\uffee": 2}, {"sortKeys": True})

MIXED = [None, True, 0, 2, -3, 2.5, -0.5, "ab", "", [1], [], (1,), {"a": 1}, 2**60]
for name in ["+", "-", "*", "/", "//", "%", "**"]:
    for left, right in itertools.product(MIXED, MIXED):
        # powers of that size are refused
        if name == "**" and (right == 2**60 or left == 2**60):
            continue
        if name == "*" and (right == 2**60 or left == 2**60) and (isinstance(left, (str, list, tuple)) or isinstance(right, (str, list, tuple))):
            continue
        case(name, left, right)
for name in ["==", "<", "<=", ">", ">="]:
    for left, right in itertools.product(MIXED, MIXED):
        if name in ("==", "<") or type(left) is type(right):
            case(name, left, right)
NUMBERS = [7, -7, 3, -3, 7.5, -7.5, 0.1, 1e308, 5e-324, 2**53 + 1, -(2**70), 10**25 + 1, True]
for name in ["+", "-", "*", "/", "//", "%"]:
    for left, right in itertools.product(NUMBERS, NUMBERS):
        case(name, left, right)
for left, right in [(2, 10), (2, 100), (2, -1), (-2, 3), (-2, -3), (0, 0), (0, -1), (0.0, -1), (2.0, 3), (2, 0.5), (1, 10**6), (-1, 10**6 + 1), (10, 20), (10.0, 400), (1.5, 2), (True, 2), (0, 5), (float("inf"), 2), (-8, 3.0)]:
    case("**", left, right)
for left, right in [(2**53, 2.0**53), (2**53 + 1, 2.0**53), (10**30, 1e30), (float("nan"), 1), (float("inf"), 10**400), (1, 1.0), (True, 1.0), ("a", "B"), ("\U0001f600", "\uffee"), ("ab", "abc"), ([1, 2], [1, 3]), ([1, 2], [1]), ([1, "a"], [2, 3]), ([1, "a"], [1, 3]), ((1, 2), [1, 2]), ([[1]], [[2]]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({1: 2}, {1.0: 2}), ([None], [None])]:
    for name in ["==", "<", "<=", ">", ">="]:
        case(name, left, right)
for value in [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 2.675, 1.005, 5, -5, True, 1e20, 1e22, 123.456, 2**70, float("nan"), -0.0, 0.0]:
    for digits in [0, 1, 2, -1, -2]:
        case("round", value, digits)
for value in [5, -5, 2.5, -2.5, -0.0, True, None, "a", [], 2**70, -(2**70)]:
    case("abs", value)
    case("-x", value)
    case("+x", value)
for item, container in [("a", "abc"), ("", "abc"), (1, "abc"), (1, [1, 2]), (1.0, [1]), (True, [1]), ("a", {"a": 1}), (1, {"a": 1}), (1, {1: 2}), (1.0, {1: 2}), ([1], {"a": 1}), ([1], [[1]]), (None, [None]), (1, 5), (1, None), ((1,), {(1,): 2}), (float("nan"), [1.0])]:
    case("in", item, container)

PATTERNS = [
    "abc", "a.c", "a|b", "ab|abc", "(a|ab)(c|bcd)(d*)", "a*", "a+?", "a{2}", "a{2,}", "a{,2}", "a{1,2}?", "a{2,1}", "a{x}", "{", "a{", "[abc]", "[^abc]", "[a-z]+", "[z-a]", "[]a]", "[^]a]", "[a-]", "[-a]", "[\\d-]", "[\\d-z]", "[", "[a", "[]",
    "(a)(b)?", "(a", "a)", "()", "(?:a|b)+", "(?P<x>a)(?P=x)", "(?P<x>a)(?P<x>b)", "(?P<1>a)", "(?P<>a)", "(?P<x", "(?P=y)", "(?P<x>", "(a)\\1", "(a)\\2", "(a\\1)", "\\1", "(?i)ABC", "(?i:A)bc", "a(?i)b", "(?-i:a)", "(?s).+", "(?m)^b$", "(?x) a b # c", "(?z)", "(?", "(?P", "(?#c)a", "(?#c",
    "^abc", "abc$", "^$", "\\Aabc", "abc\\Z", "\\babc\\b", "\\Bb\\B", "\\d+", "\\D+", "\\w+", "\\W+", "\\s+", "\\S+", "\\t\\n", "\\x61", "\\u0061", "\\141", "\\0", "\\q", "\\", "\\x4", "\\.", "\\-", "*", "+a", "?", "a**", "a*+", "a++b", "a?+a", "(?>a+)b", "(?>a|ab)c",
    "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(?<=a+)b", "(?<=ab|cd)e", "(?<=a|bc)d", "(?=(a))\\1", "(a)?(?(1)b|c)", "(?P<q>a)?(?(q)b|c)", "(?(1)a|b|c)", "(?(2)a)", "(a*)*", "(a*)+", "(a|b)*?c", "((a)|(b))+", "(a?)*b", "(|a)+", "(a|)+", "x*", "\\b", "(?:)", "^*", "$+", "\\b+", "(ab){2,3}", "(ab){2,3}?", ".*b", ".*?b", ".", "\n", "a\nb", "(?:a+)+$", "[\\w.]+@[\\w.]+", "(\\d+)-(\\d+)", "\u00e9", "[\u00e0-\u00ff]+", "\U0001f600", "[\\s\\S]", "[^\\n]*", "[a\\]b]+", "[\\b]", "\\Z", "a$b", "a^b", "((((a))))", "(?:(?:(?:b)))",
]
TEXTS = ["abc", "", "aaa", "aab\nb\n", "ABC abcabc", "a1-22 b_3.x@y.z", "abcd e\u00e9\u00e8 \U0001f600", "ab ac ]-\\ {", "aaaaaaaaaaaaaaab", "b"]
for pattern in PATTERNS:
    case("search", pattern, TEXTS[0])
    if "error" in CASES[-1]:
        continue
    for one in TEXTS[1:]:
        case("search", pattern, one)
    for one in TEXTS[:6]:
        case("match", pattern, one)
        case("searchi", pattern, one)
        case("findall", pattern, one)
        case("sub", pattern, "<\\g<0>>", one)
    for one in TEXTS[4:7]:
        case("split", pattern, one)
for replacement in ["x", "\\1", "\\2", "\\g<1>", "\\g<w>", "\\g<nope>", "\\g<9>", "\\g<", "\\g<>", "\\gx", "\\n", "\\q", "\\\\", "\\", "\\0", "\\101", "\\.", "[\\1\\g<w>]", "$1", "\\11", "\\g<0>\\g<0>"]:
    case("sub", "(?P<w>[a-c])(x)?", replacement, "abc-ax")

PERCENT = ["abc", "%s", "%d", "%i", "%x", "%X", "%#x", "%o", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%.2f", "%8.3f|", "%e", "%g", "%G", "%r", "%a", "%c", "%%", "%s %s", "%(a)s", "%(a)d %(b)s", "%5s|", "%-5s|", "%.2s", "%z", "%", "%(a", "%.3d", "%ld", "100%", "%05.1f", "%+.1e", "%s%%"]
for template in PERCENT:
    for value in [5, -42, 3.7, "ab", "x", None, True, [1], (1,), (1, 2), ("a", 2), {"a": 1, "b": "y"}, {}, 2**70]:
        if not (template == "%c" and isinstance(value, int) and (value < 0 or value > 2**20)):
            case("%", template, value)

SPECS = ["", "s", "d", "f", ".2f", "10", "<10", ">10", "^10", "*^9", "=+8", "08", "+", " ", "-", ",", "_", "x", "X", "o", "b", "#x", "#b", "#o", "c", "e", "E", ".3e", "g", "G", ".3g", "%", ".1%", ",.2f", "010.3f", "<5", "é>6", ".3", "5.1", "n", "z", "10s", ".2s", "=5", "+.1f", "#.3g", "_x", "1_000", "{", "0=8d", "+,d", ".0f", ".10f"]
for value in [0, 5, -42, 1234567, 255, 2**70, True, 0.0, 1.5, -2.5, 3.14159, 1234567.891, 1e20, 1e-7, 0.5, 2.675, float("inf"), float("nan"), "abc", "", "h\u00e9llo", None, [1]]:
    for spec in SPECS:
        if spec != "n" and not (spec == "c" and not isinstance(value, int)):
            if not (spec == "c" and (abs(value) > 1000 or value < 0)):
                case("format", value, spec)
for source in ["{}", "[]", "1", "-1", "1.0", "1e3", "1E-2", "0.1", "-0.0", "12345678901234567890", "1234567890123456", "123456789012345678", "true", "null", '"a"', '"\\u00e9\\n"', '{"a": [1, 2.0, {"b": null}]}', '{"a": 1, "a": 2}', ' [1 , 2 ] ', '{"__proto__": 1}', '"5.0"', '["1.0", 1.0]']:
    case("json", source)

print('{"recorded_with": "Python %s", "cases": [' % sys.version.split()[0])
print(",\n".join(json.dumps(c) for c in CASES))
print("]}")
