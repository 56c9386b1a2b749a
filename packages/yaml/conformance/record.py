"""Records what PyYAML 6 reads and writes: python3 record.py, in a virtualenv with PyYAML==6.0.2 (libyaml bindings).

Writes read.json (documents and the value upstream's JSON shows, or that PyYAML refuses them) and dump.json
(values and the text of safe_dump) beside itself.
"""

import datetime
import json
import math
import pathlib

import yaml

HERE = pathlib.Path(__file__).parent

SCALARS = """
y n Y N yes Yes YES no No NO on On ON off Off OFF true True TRUE false False FALSE yEs tRUE nO oN none None
~ null Null NULL nULL Nil nil
0 1 -1 +1 -0 +0 00 01 014 08 09 0777 -0777 +0777 0o14 0o777 0b101 -0b101 0b 0b_ 0b1_0 0b12 0x1F 0xfF_f -0x10 0x 0x_ 0xg
1_000 1_ _1 1__0 12_34_ 0_ 0_7 0_8 123456789 -123456789 9007199254740991 1e3 1E3 1e+3 1.0e3 1.0e+3 1.0E-3 -1.5e+10 1.e+3
1. 1.0 1.5 -1.5 +1.5 .5 -.5 +.5 ._5 .5_0 1_000.5 1.5_5 1_.5 . .. ... 0.1 0.0 -0.0 00.5 08.5 1.2.3 .inf -.inf +.inf .Inf .INF .iNF
.nan .NaN .NAN .Nan -.nan inf nan Infinity NaN 1.0e-05 .5e+1 .5e1 1e400 1.0e+400
1:30 1:30:45 -1:30 +1:30 01:30 1:60 1:5 12:59:59 190:20:30 190:20:30.15 1:30.5 1:2:3:4 0:30 1_0:30 20:30. 1:a
2024-01-02 2024-1-2 2024-01-2 2024-13-01 2024-02-30 2024-02-29 2023-02-29 0000-01-01 0001-01-01 9999-12-31 20240102 24-01-02
2001-12-14t21:59:43.10-05:00 2001-12-15T02:59:43.1Z 2001-12-15T2:59:43Z 2001-12-15T02:59:43 2001-12-15T02:59:43.123456789Z
2001-12-15T02:59:43.Z 2001-12-15T25:00:00Z 2001-12-15T02:60:00Z 2001-12-15T02:59:60Z 2001-12-15T02:59:43+5:30 2001-12-15T02:59:43+5
2001-12-15T02:59:43-00:00 2001-12-15T02:59:43+24:00 2001-12-15T02:59:43+05:30 2001-12-15T02:59 2001-1-1T1:00:00Z 2001-12-15T02:59:43.000000Z
= << < <<< == - -- --- -a -1a ? ?a : :a a:b a: http://example.com/a?b=c#d a#b #a @a `a %a &a *a !a | > [a [] {} {a} a] , "" '' 'a' "1" '1'
v1.2.3 1.2.3.4 10.0.0.1 1,000 $1 50% ٣ é ☃ 😀 １
""".split()

MORE_SCALARS = [
    "2001-12-14 21:59:43.10 -5",
    "2001-12-14 21:59:43.10 -5:30",
    "2001-12-14\t21:59:43",
    "2001-12-14 21:59:43 Z",
    "2001-12-14  21:59:43",
    "a b",
    "a  b",
    "a # comment",
    "a #comment",
    "yes no",
    "1 2",
    "'it''s'",
    '"a\\nb"',
    '"\\x41\\u263a\\U0001F600"',
    '"\\/"',
    '"\\z"',
    '"\\e\\0\\a\\b\\t\\v\\f\\r\\N\\_\\L\\P"',
    "'a\\nb'",
    "{{ x }}",
    "{{ x }} y",
    '"{{ x }}"',
    "<% $.x %>",
    "<% ctx().x %>",
    "{a: 1}",
    "{a:1}",
    "{a: }",
    "{a}",
    "{a, b: 1}",
    '{"a":1}',
    "{'a':1}",
    "[a, b]",
    "[a, b, ]",
    "[a,, b]",
    "[a: 1, b]",
    "[? a : b]",
    "[a b, c]",
    "[1, 1.0, yes, ~, 2024-01-02]",
    "{a: b: c}",
    "{[a]: b}",
    "{? a}",
    "{? a : b}",
    "[http://a.b/c, d]",
    "[a:b, c]",
    "{a: http://x:80/y}",
    "[a#b]",
    "{?a: b}",
    "[?a]",
    "[a?b]",
    "[a ?b]",
    "[:a]",
    "{:a}",
    "{a:}",
    "{a:,b: 1}",
    "{a: 1,}",
    "{,}",
    "{: a}",
    "{a: ? b}",
    "[a: b: c]",
    "[-]",
    "[-a, - b]",
    "{- a}",
    '"\\\'"',
    '"\\ud800"',
    '"\\U00110000"',
    "%a",
    "%FOO bar\n---\na",
    "...",
    "!!float inf",
    "!!float ' 1.5 '",
    "!!int ' 12 '",
    "!!binary aGVs=",
    "!!binary aGVs...bG8",
    "[a #b\n]",
]

TAGGED = [
    "!!str 1",
    "!!str",
    "!!str yes",
    "!!int '3'",
    "!!int 0x1f",
    "!!int 1_000",
    "!!int 08",
    "!!int a",
    "!!int '1:30'",
    "!!int ''",
    "!!int 1.5",
    "!!float 3",
    "!!float '1e3'",
    "!!float a",
    "!!float .inf",
    "!!float 1:30",
    "!!bool 'yes'",
    "!!bool yEs",
    "!!bool 1",
    "!!null a",
    "!!null ''",
    "!!timestamp '2024-01-02'",
    "!!timestamp '2024-1-2'",
    "!!timestamp a",
    "!!binary aGVsbG8=",
    "!!binary |\n  aGVs\n  bG8=\n",
    "!!binary a",
    "!!seq [a]",
    "!!seq {a: b}",
    "!!map {a: b}",
    "!!map [a]",
    "!!map a",
    "!!str [a]",
    "!!str {a: b}",
    "!!omap [a: 1, b: 2]",
    "!!omap [a]",
    "!!omap [{a: 1, b: 2}]",
    "!!omap {a: 1}",
    "!!pairs [a: 1, a: 2]",
    "!foo a",
    "!foo [a]",
    "!foo {a: b}",
    "!!foo a",
    "!!python/object:os.system x",
    "!!python/name:os.system",
    "!<tag:yaml.org,2002:str> 1",
    "!<tag:yaml.org,2002:int> '1'",
    "! 12",
    "! '12'",
    "! yes",
    "! [a]",
    "%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1",
    "%TAG ! tag:yaml.org,2002:\n---\n!str 1",
    "!x!str 1",
    "%YAML 1.1\n---\na: 1",
    "%YAML 1.2\n---\na: yes",
    "%YAML 2.0\n---\na: 1",
]

DOCUMENTS = [
    "",
    " ",
    "\n",
    "# only a comment\n",
    "---\n",
    "---\n...\n",
    "--- a\n",
    "a: 1\n---\nb: 2\n",
    "a: 1\n...\n",
    "a: 1\n...\nb: 2\n",
    "\ufeffa: 1\n",
    "a: 1\r\nb: 2\r\n",
    "a: 1\nb: 2",
    "a: 1\na: 2\n",
    "a: 1\nb: 2\na: 3\n",
    "y: 1\nn: 2\n",
    "yes: 1\nno: 2\n",
    "on: push\n",
    "1: a\ntrue: b\n",
    "true: a\n1: b\n",
    "1: a\n1.0: b\n",
    "1.0: a\n2.50: b\n",
    "null: a\n~: b\n",
    ": a\n",
    "? a\n: b\n",
    "? a\n? b\n",
    "? [a, b]\n: c\n",
    "? {a: b}\n: c\n",
    "[a, b]: c\n",
    "a: {{ x }}\n",
    "a: {{ x }} b\n",
    "a: '{{ x }}'\n",
    "a: <% x %>\n",
    "2024-01-02: a\n",
    "=: a\n",
    "a: =\n",
    "- =\n",
    "a: <<\n",
    "- <<\n",
    "'<<': a\n",
    "<<: {a: 1}\nb: 2\n",
    "<<: [{a: 1}, {a: 2, b: 3}]\nc: 4\n",
    "<<: a\n",
    "<<: [a]\n",
    "<<: [[a]]\n",
    "<<:\n",
    "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3\n",
    "base: &b {x: 1, y: 2}\nd:\n  y: 3\n  <<: *b\n",
    "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: [*a, *b]\n",
    "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc:\n  <<: *a\n  <<: *b\n",
    "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n",
    "a: &a 1\nb: *a\n",
    "a: &a [1, 2]\nb: *a\n",
    "a: *missing\n",
    "a: &x 1\nb: &x 2\nc: *x\n",
    "&k a: 1\nb: *k\n",
    "&k a: 1\n*k : 2\n",
    "a: &a\nb: *a\n",
    "- &a a\n- *a\n",
    "a:\n  b:\n    c: 1\n",
    "a:\n- 1\n- 2\n",
    "a:\n  - 1\n  - 2\n",
    "- - 1\n  - 2\n- 3\n",
    "- a: 1\n  b: 2\n- c\n",
    "-\n  a: 1\n-\n  b: 2\n",
    "- \n- a\n",
    "a:\n b: 1\n  c: 2\n",
    "a: 1\n b: 2\n",
    " a: 1\n b: 2\n",
    " a: 1\nb: 2\n",
    "a:\n\tb: 1\n",
    "\ta: 1\n",
    "a:\tb\n",
    "a: b\t\n",
    "a:\t- b\n",
    "-\ta\n",
    "-\t- a\n",
    "a: b: c\n",
    "a: 'b': c\n",
    "a: 'unclosed\n",
    'a: "unclosed\n',
    "a: [1, 2\n",
    "a: {b: 1\n",
    "a: 1]\n",
    "a: }\n",
    "a\nb: 1\n",
    "a b: 1\n",
    "a: 1\nb\n",
    "- a\nb: 1\n",
    "b: 1\n- a\n",
    "a: b\n c\n d\n",
    "a: b\n\n c\n",
    "a: 'b\n c\n\n d'\n",
    'a: "b\n c\\\n d"\n',
    'a: "b\nc"\n',
    "a: |\n  x\n   y\n\n  z\n",
    "a: |-\n  x\n",
    "a: |+\n  x\n\n",
    "a: |2\n   x\n",
    "a: >\n  x\n  y\n\n  z\n   more\n  w\n",
    "a: >-\n  x\n  y\n",
    "a: >+\n  x\n\nb: 1\n",
    "a: |\n\n  x\n",
    "a: |\nb: 1\n",
    "a: |\n x\nb: 1\n",
    "a: |\n  x\n y\n",
    "a: | # comment\n  x\n",
    "a: |x\n  y\n",
    "a: |\n  # not a comment\n  x\n",
    "a: >\n\n  x\n\n\n  y\n",
    "a: 1 # c\n# d\nb: 2\n",
    "a: '#'\n",
    "a: b#c\n",
    "a: b # c\n",
    "a: @b\n",
    "a: `b\n",
    "a: %b\n",
    "a: &\n",
    "a: *\n",
    "a: !\n",
    "a: - b\n",
    "a: -b\n",
    "a: ?b\n",
    "a: :b\n",
    "a: ? b\n",
    "a : 1\n",
    "a  :  1\n",
    "a:1\n",
    "'a': 1\n",
    '"a": 1\n',
    '"a":1\n',
    "a.b: 1\n",
    "a/b: 1\n",
    "__proto__: 1\n",
    "constructor: {prototype: 1}\n",
    "a: \x07\n",
    "a: \x7f\n",
    "# \x01\n",
    "a: é\n",
    "ключ: значение\n",
    "a: {b: [1, {c: d}], e: }\n",
    "a: [b,\n c]\n",
    "a: [\n  b,\n  c\n]\n",
    "a: {\n  b: 1,\n  c: 2\n}\n",
    "a:\n  [b]\n",
    "a:\n  {b: 1}\n",
    "- [a, [b, c]]\n- {d: e}\n",
    "a: [b]c\n",
    "{a: 1}\n",
    "{a: 1}: b\n",
    "[a]\n[b]\n",
    "a: ''\nb: \"\"\nc:\n",
    "a: null\nb: ~\nc: Null\n",
    "--- |\n  x\n",
    "--- >\n x\n",
    "---\n- a\n",
    "--- {a: b}\n",
    "--- a: b\n",
    "---a\n",
    "!!set {a, b}\n",
    "!!map\na: 1\n",
    "a: !!seq\n- b\n",
    "a: !!str\nb: 1\n",
    "a: &x !!int '3'\nb: *x\n",
    "a: !!int &x '3'\nb: *x\n",
    "&r [*r]\n",
    "&r {a: *r}\n",
    "version: 1.0\ntasks:\n  t1:\n    action: core.local cmd=\"echo <% ctx().x %>\"\n    next:\n      - when: <% succeeded() %>\n        do: t2\n",
    "version: '1.0'\ninput:\n  - a\n  - b: 1\noutput:\n  - c: <% ctx().a %>\n",
    "name: x\nparameters:\n  sudo:\n    immutable: true\n  cmd:\n    type: string\n    default: \"{{ config_context.cmd }}\"\nenabled: yes\n",
    "a: 0o17\nb: 0777\nc: 1:30\nd: 1_000\ne: 1e3\nf: 1.0e+3\n",
    "a: 2024-01-02\nb: 2024-01-02 03:04:05\nc: 2024-01-02T03:04:05Z\nd: '2024-01-02'\n",
    "a:\n  - b\n - c\n",
    "a:\n    - b\n    - c:\n        d\n",
    "a: >-\n    {{ x }}\n    y\n",
    "key with spaces: value with spaces\n",
    "a: b\n\n\n\nc: d\n",
    "- 'a'\n- \"b\"\n- c\n",
    "'a\n b': 1\n",
    "? |\n  a\n: b\n",
    "? a\n  b\n: c\n",
    "a: b,c\n",
    "a: [b c]\n",
    "a: x: \n",
    "a: 'x': \n",
    "- ? a\n  : b\n",
    "x" * 1100 + ": 1\n",
    "{" + "x" * 1100 + ": 1}\n",
]

DUMPS = [
    None, True, False, 0, 1, -5, 1.5, -0.25, 0.1, 1e-05, 1.5e-07, 123456789.125, 9007199254740991, "", " ", "a", "abc def",
    "y", "n", "yes", "no", "on", "off", "true", "null", "~", "None", "1", "1.5", "1e3", "1_000", "0777", "0o14", "08", "1:30",
    "2024-01-02", "2024-01-02T03:04:05Z", "=", "<<", ".inf", ".nan", "-", "- a", "-a", "--- a", "...", "?", "? a", "?a", ":", ": a",
    ":a", "a:", "a: b", "a:b", "a #b", "a#b", "#a", "&a", "*a", "!a", "|a", ">a", "'a'", '"a"', "it's", 'say "x"', "%a", "@a", "`a",
    "[a]", "{a}", ",a", "a,b", "a[b]", " a", "a ", "a\n", "\na", "a\nb", "a\n\nb", "a \nb", "a\n b", "a\tb", "\t", "a\rb", "a\\b",
    "a\x00b", "\x07\x1b", "é", "☃ snow", "😀 face", "\x85", "\xa0", "\u2028", "\ufeff", "ключ", "http://a.b/c?d=e#f", "{{ x }}", "<% $.x %>",
    "hi\n", "line one\nline two\n", "  indented", "trailing  \n", "a\n\n\n",
    "word " * 30, ("word " * 30).strip(), "x" * 120, "x" * 70 + " " + "y" * 30 + " " + "z" * 30, "a  b " * 40,
    ("two  spaces " * 12).strip(), "quoted: " + "word " * 25 + "end", "é " * 60, "tab\t" * 40, "it's " * 30 + "end",
    ("line of some length " * 6 + "\n") * 2, "\u2603" * 30, "a\\ b" * 40, "x" * 79 + " y z", "x" * 76 + "\n\u00e9\n\u2603 a b", "x" * 34 + "\r\u2603\r\t a", "a\\b" * 40, "\u2603\U0001f600a\n" * 20, "'" + "q " * 50,
    [], {}, [[]], [{}], {"a": []}, {"a": {}}, [1, 2], [[1, 2], [3]], [[[1]]], [{"a": 1, "b": 2}, {"c": 3}], {"b": 1, "a": 2},
    {"a": [1, 2]}, {"a": [{"b": 1}, {"c": [1]}]}, {"a": {"b": {"c": [1, {"d": None}]}}}, [["a", {"b": 1}]], [{"a": [[1]]}],
    {"": 1}, {"a b": 1}, {"a:": 1}, {"1": "x"}, {"yes": "no"}, {"é": 1}, {"a\nb": 1}, {"k" * 122: 1}, {"k" * 123: 1}, {"k" * 127: 1},
    {"k" * 130: {"a": 1}}, {"k" * 130: [1]}, {"a\nb": {"c": [1]}}, {"": [1]}, {"'": 1}, {"#": 1}, {"B": 1, "a": 2, "_": 3, "é": 4},
    {"\U0001f600": 1, "\uffee": 2}, {"long": "word " * 30}, [{"long": "word " * 30}], {"deep": {"long": "it's a word: " * 12}},
    {"text": "echo hi\nexit 1\n"}, {"stdout": "a\n\nb", "stderr": "", "return_code": 0, "succeeded": True, "failed": False},
    {"date": "2026-11-25T19:40:04.354625Z", "id": "6b0739944b3c9bb3ab8ff707", "num": "1234", "exp": "1e5", "hex": "0x1f"},
    {"key with a rather long name so that values fold early in the line": "some words follow here and they go on"},
    {"k" * 100 + " word": "some words follow here and they go on"}, {"a": "x\n" * 3 + "é"}, {"a": "\\" * 90}, {"a": "\x01 " * 40},
    [None, True, 1.5, "x"], {"a": None}, [0.1, 1e-7, 1.0e22 + 0.5 if False else 2.5e-10],
]


def as_json(value):
    """What JSON shows for a value: dates as ISO text, bytes as text, tuples as lists, keys as text."""
    if isinstance(value, dict):
        return {key_text(key): as_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, set):
        return sorted(as_json(item) for item in value)
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": repr(value)}
    return value


def key_text(key):
    if isinstance(key, str):
        return key
    if isinstance(key, (datetime.datetime, datetime.date)):
        return key.isoformat()
    return json.loads(json.dumps({"k": {key: 0}}))["k"].popitem()[0]


def read(text):
    try:
        return {"value": as_json(yaml.load(text, Loader=yaml.CSafeLoader))}
    except RecursionError:
        return {"error": "recursive"}
    except Exception as error:  # PyYAML lets ValueError, KeyError and others through
        return {"error": getattr(error, "problem", None) or str(error) or type(error).__name__}


def main():
    texts = SCALARS + MORE_SCALARS + TAGGED + DOCUMENTS
    texts += ["a: %s\n" % scalar for scalar in SCALARS[:60]]
    cases = [{"text": text, **read(text)} for text in dict.fromkeys(texts)]
    write("read.json", cases)
    dumps = []
    for value in DUMPS:
        for options in ({"indent": 4}, {"indent": 2, "allow_unicode": True}, {"indent": 2, "width": 2**31 - 1}, {"indent": 2, "width": 40}):
            text = yaml.safe_dump(value, default_flow_style=False, **options)
            dumps.append({"value": value, "options": options, "text": text})
    write("dump.json", dumps)


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / name).write_text("[\n%s\n]\n" % lines)
    print(name, len(cases))


if __name__ == "__main__":
    main()
