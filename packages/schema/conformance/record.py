"""Records what jsonschema 4.26.0 says with the validator that StackStorm builds: draft 4 keywords, draft 3 properties.

Usage: python3 record.py, in a virtualenv with jsonschema==4.26.0. Writes validation.json beside itself.
"""

import json
import pathlib

from jsonschema import exceptions, validators
from jsonschema.validators import Draft3Validator, Draft4Validator

KEYWORDS = """$ref additionalItems additionalProperties allOf anyOf dependencies enum format items maxItems maxLength
maxProperties maximum minItems minLength minProperties minimum multipleOf not oneOf pattern patternProperties type
uniqueItems""".split()
TABLE = {keyword: Draft4Validator.VALIDATORS[keyword] for keyword in KEYWORDS}
TABLE["properties"] = Draft3Validator.VALIDATORS["properties"]
Dialect = validators.create(
    meta_schema={"id": "urn:dialect"}, validators=TABLE, type_checker=Draft4Validator.TYPE_CHECKER, id_of=Draft4Validator.ID_OF
)

VALUES = [None, True, False, 0, 1, -1, 2.5, "", "a", "1", [], [1], {}, {"a": 1}, 12345678901234567168, 1e30, -0.5, "é", "it's", '"'"q'", "a\nb", [None, True, {"k": "v"}]]
TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"]


def obj(properties, **more):
    return {"type": "object", "properties": properties, **more}


# NOTE: a schema in additionalProperties visits the extra names in the order of a hash: at most one of them may fail
def cases():
    for name in TYPES:
        for value in VALUES:
            yield {"type": name}, value
    for value in VALUES:
        yield {"type": ["string", "null"]}, value
        yield {"type": ["integer", "array", "object"]}, value
        yield {}, value
    yield from properties_cases()
    yield from number_cases()
    yield from size_cases()
    yield from pattern_cases()
    yield from combination_cases()
    yield from item_cases()
    yield from reference_cases()
    yield from several_failures()


def properties_cases():
    a = {"a": {"type": "string", "required": True}}
    for value in ({}, {"a": "x"}, {"a": 1}, {"a": None}, {"b": 1}, {"a": "x", "b": 1}, [], "x", None, 5):
        yield obj(a), value
        yield {"properties": a}, value
        yield obj(a, additionalProperties=False), value
        yield {"type": "object", "additionalProperties": False, "properties": a}, value
        yield obj(a, additionalProperties=True), value
        yield obj(a, additionalProperties={"type": "string"}), value
    yield obj({"a": {"required": False}}), {}
    yield obj({"a": {"required": True}}), {"a": None}
    yield obj({"a": {"required": True}, "b": {"required": True}}), {}
    yield obj({"b": {"required": True}, "a": {"required": True}}), {}
    yield obj({"z": {"type": "string"}, "a": {"required": True}}), {"z": 1}
    yield {"type": "object", "required": ["a"]}, {}
    yield obj({"a": {"type": "string"}}, required=["a"]), {}
    yield obj({}, additionalProperties=False), {"b": 1}
    yield obj({}, additionalProperties=False), {"b": 1, "a": 2}
    yield obj({}, additionalProperties=False), {"it's": 1, "é": 2, "B": 3, "\U0001f600": 4, "\uffee": 5}
    yield {"additionalProperties": False}, {"a": 1}
    yield {"additionalProperties": False}, {}
    yield {"additionalProperties": {"type": "integer"}}, {"a": 1, "b": "x"}
    nested = obj({"o": obj({"i": {"type": "integer", "required": True}}, additionalProperties=False)})
    for value in ({}, {"o": {}}, {"o": {"i": 1}}, {"o": {"i": "x"}}, {"o": {"i": 1, "j": 2}}, {"o": 5}, {"o": None}, {"o": {"j": 1}}):
        yield nested, value
    for value in ({"x_a": 1}, {"x_a": "s"}, {"y": 1}, {"y": 1, "z": 2}, {"x_a": 1, "y": 1}, {}):
        yield {"patternProperties": {"^x_": {"type": "integer"}}}, value
        yield {"patternProperties": {"^x_": {"type": "integer"}}, "additionalProperties": False}, value
        yield {"patternProperties": {"^x_": {}, "^a": {}}, "additionalProperties": False, "properties": {"z": {}}}, value
        yield {"patternProperties": {"^[xz]_?": {}}, "additionalProperties": {"type": "string"}}, value
    for value in ({"a": 1}, {"a": 1, "b": 2}, {"b": 2}, {}, {"a": 1, "c": 3}, "x"):
        yield {"dependencies": {"a": ["b"]}}, value
        yield {"dependencies": {"a": ["b", "c"]}}, value
        yield {"dependencies": {"a": {"properties": {"b": {"type": "string", "required": True}}}}}, value
        yield {"minProperties": 1}, value
        yield {"minProperties": 2}, value
        yield {"maxProperties": 1}, value
        yield {"maxProperties": 0}, value
    yield obj({"constructor": {"type": "string"}}), {}
    yield obj({"toString": {"required": True}}), {}
    yield obj({}, additionalProperties=False), {"constructor": 1}
    yield {"enum": [{}]}, {"a": 1}


def number_cases():
    for value in (4, 5, 6, 4.5, 5.5, "5", True, None, -7, 12345678901234567168):
        yield {"maximum": 5}, value
        yield {"maximum": 5, "exclusiveMaximum": True}, value
        yield {"exclusiveMaximum": True, "maximum": 5}, value
        yield {"maximum": 5, "exclusiveMaximum": False}, value
        yield {"minimum": 5}, value
        yield {"minimum": 5, "exclusiveMinimum": True}, value
        yield {"minimum": 4.5}, value
        yield {"exclusiveMinimum": True}, value
        yield {"multipleOf": 2}, value
        yield {"multipleOf": 0.5}, value
        yield {"multipleOf": 0.1}, value
        yield {"type": "integer", "minimum": 1, "maximum": 4}, value
    yield {"multipleOf": 3}, 9
    yield {"multipleOf": 3}, 10
    yield {"multipleOf": 0.01}, 0.07
    yield {"multipleOf": 0.25}, 1e308
    yield {"multipleOf": 3}, 4.5


def size_cases():
    for value in ("", "a", "ab", "abc", "\U0001f600", "\U0001f600\U0001f600", 5, None, [], [1], [1, 2], [1, 2, 3]):
        for limit in (0, 1, 2):
            yield {"minLength": limit}, value
            yield {"maxLength": limit}, value
            yield {"minItems": limit}, value
            yield {"maxItems": limit}, value
    for value in ([], [1], [1, 1], [1, "1"], [1, True], [0, False], [[1], [1]], [{"a": 1}, {"a": 1}], [{"a": 1, "b": 2}, {"b": 2, "a": 1}], [None, None], ["a", "b", "a"], "aa", [{"a": 1}, {"a": True}], [1, 2, 3, 2.5]):
        yield {"uniqueItems": True}, value
        yield {"uniqueItems": False}, value
    for value in ("x", "z", 1, True, False, 0, None, [], [1], [True], {"a": 1}, {"a": True}, 2.5, ""):
        yield {"enum": ["x", "y"]}, value
        yield {"enum": [1, None, [1], {"a": 1}, 2.5]}, value
        yield {"enum": [True, 0]}, value
        yield {"type": "string", "enum": ["x", "it's"]}, value


PATTERNS = [
    ("^[a-z]+$", ["a1", "abc", "abc\n", "abc\n\n", "", "ABC"]), ("[0-9]", ["a1b", "ab"]), (r"^\w+$", ["é", "a b", "٣", "a_1", "ab-"]), (r"\d+", ["٣", "x"]),
    (r"^\s*$", ["\u2003 ", "\x1c", "\ufeff", "x"]), (r"\bfoo\b", ["a foo b", "afoo", "éfoo", "foo"]), ("(?i)^abc$", ["ABC", "abd"]), (r"\Aab\Z", ["ab", "ab\n", "xab"]),
    ("(?P<n>a)b(?P=n)", ["aba", "abb"]), (r"(a)\1", ["aa", "ab"]), ("^a.c$", ["a\nc", "a\rc", "abc"]), ("(?s)^a.c$", ["a\nc"]), ("(?m)^b$", ["a\nb\nc", "ab"]),
    ("^a{,2}$", ["aa", "aaa", ""]), ("^a{2}$", ["aa", "a"]), ("a{x}", ["a{x}", "ax"]), ("^[]a]+$", ["]a", "b"]), ("^[^]a]+$", ["b", "]"]), ("[a-]", ["-", "b"]), (r"[\w.-]+@[\w-]+", ["a.b@c", "@"]),
    (r"^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$", ["10.0.0.1", "10.0.0"]), (r"^([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}$", ["www.example.com", "x", "a-b.c-d.org", "-a.org"]), (r"^(?!x)a", ["ab", "xa"]), (r"(?<=a)b", ["ab", "cb"]),
    (r"a|b|^$", ["", "c", "xbx"]), (r"^https?://", ["http://x", "ftp://x"]), (r"[^\W\d]", ["1", "a"]), (r"\x41\u00e9\t", ["Aé\t", "A"]), (r"^[\d,]+$", ["1,2", "1;2"]), ("^é+$", ["éé", "e"]), ("}", ["}", "{"]), ("]", ["]", "["]),
    (r"^(\w+\.)*\w+$", ["a.b.c", "a..b"]), ("(?#note)a", ["a", "b"]), (r"[\]\-\\]", ["\\", "-", "]", "a"]), (r"\S+\s\S+", ["a b", "ab"]), ("^(a|b)*?c", ["abc", "abd"]), (r"^[A-Z]{2}\d{4}$", ["AB1234", "A1234"]), ("ſ", ["s", "ſ"]), ("^.$", ["\U0001f600", "ab"]), (r"\B", ["", "ab", "a"]), (r"^[\w-]+\.?$", ["a-b.", "a b"]),
]


def pattern_cases():
    for pattern, texts in PATTERNS:
        for text in texts:
            yield {"pattern": pattern}, text
    yield {"pattern": "x"}, 5
    yield {"type": "string", "pattern": "^[a-z]+$"}, None
    yield {"format": "email"}, "nobody"
    yield {"type": "string", "format": "date-time"}, "nonsense"


def combination_cases():
    string_or_integer = [{"type": "string"}, {"type": "integer"}]
    for value in ("s", 1, 2.5, None, {}, [], {"a": 1}, {"a": "x"}, {"b": 1}):
        yield {"anyOf": string_or_integer}, value
        yield {"oneOf": string_or_integer}, value
        yield {"allOf": string_or_integer}, value
        yield {"anyOf": [{"type": "string"}]}, value
        yield {"oneOf": [{"type": "string"}, {"minLength": 1}]}, value
        yield {"oneOf": [{"type": "integer"}, {"minimum": 0}, {"maximum": 5}]}, value
        yield {"not": {"type": "string"}}, value
        yield {"not": {"type": ["string", "null"]}}, value
        yield {"not": {}}, value
        yield {"anyOf": [{"type": "object", "properties": {"a": {"type": "string", "required": True}}}, {"type": "null"}]}, value
        yield {"anyOf": [obj({"a": {"type": "string"}}), obj({"b": {"type": "string"}})]}, value
        yield {"anyOf": [{"anyOf": [{"type": "boolean"}, {"enum": ["x"]}]}, {"type": "array", "minItems": 1}]}, value
        yield obj({"v": {"anyOf": string_or_integer}}), {"v": value}
        yield obj({"v": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "integer", "minimum": 9}]}}), {"v": value}
        yield obj({"v": {"oneOf": [obj({"a": {"type": "integer", "required": True}}), {"type": "array", "items": {"type": "string"}}]}}), {"v": value}
        yield {"allOf": [{"anyOf": string_or_integer}, {"not": {"type": "string"}}]}, value
        yield {"type": "boolean", "anyOf": string_or_integer}, value


def item_cases():
    for value in ([], [1], ["a"], [1, "a"], ["a", 1], [1, 2, 3], ["a", 1, True], "x", {"a": 1}, [[1]], [{"n": 1}], [{"n": "x"}, {"n": 2}, {}]):
        yield {"items": {"type": "integer"}}, value
        yield {"type": "array", "items": {"type": "string"}}, value
        yield {"items": [{"type": "string"}, {"type": "integer"}]}, value
        yield {"items": [{"type": "string"}], "additionalItems": False}, value
        yield {"items": [{"type": "string"}], "additionalItems": {"type": "integer"}}, value
        yield {"items": {"type": "string"}, "additionalItems": False}, value
        yield {"additionalItems": False}, value
        yield {"items": []}, value
        yield {"items": {}}, value
        yield {"items": obj({"n": {"type": "integer", "required": True}})}, value
        yield {"items": {"items": {"type": "string"}}}, value
        yield {"items": {"enum": [1, 2]}, "minItems": 2, "uniqueItems": True}, value


def reference_cases():
    tree = {"type": "object", "properties": {"name": {"type": "string", "required": True}, "children": {"type": "array", "items": {"$ref": "#"}}}}
    for value in ({"name": "a"}, {"name": "a", "children": [{"name": "b"}]}, {"name": "a", "children": [{}]}, {"name": "a", "children": [{"name": "b", "children": [{"name": 1}]}]}):
        yield tree, value
    shared = {"type": "object", "properties": {"main": {"$ref": "#/definitions/host"}}, "definitions": {"host": {"type": "string", "minLength": 2}}}
    for value in ({"main": "x"}, {"main": "xy"}, {"main": 1}, {}):
        yield shared, value
    credentials = obj({"credentials": obj({"user": {"type": "string", "required": True}})}, patternProperties={"^c_": {"$ref": "#/properties/credentials"}}, additionalProperties=False)
    for value in ({}, {"c_1": {"user": "x"}}, {"c_1": {}}, {"c_1": {"user": 5}}, {"d": 1}):
        yield credentials, value
    yield {"$ref": "#/definitions/a", "minLength": 3, "definitions": {"a": {"type": "string"}}}, "ab"
    yield {"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"type": "integer"}}}, "ab"
    yield {"$ref": "#/definitions/a~1b", "definitions": {"a/b": {"type": "integer"}}}, "ab"
    yield {"$ref": "#/definitions/a%20b", "definitions": {"a b": {"type": "integer"}}}, "ab"
    yield {"$ref": "#/items/0", "items": [{"type": "integer"}]}, "ab"


def several_failures():
    schema = obj({"a": {"type": "integer", "required": True}, "b": {"type": "string"}, "c": {"enum": [1]}}, additionalProperties=False)
    for value in ({"b": 1}, {"b": 1, "c": 2}, {"a": "x", "b": 1, "c": 2}, {"x": 1}, {"x": 1, "a": "s"}, {"a": "s", "c": 3}, {"a": 1, "b": "x", "c": 1}, {"z": 1, "y": 2, "b": 5}):
        yield schema, value
        yield {"additionalProperties": False, "properties": schema["properties"], "type": "object"}, value
        yield obj({"o": schema, "p": {"type": "string"}}), {"o": value, "p": 5}
        yield obj({"p": {"type": "array", "items": schema}}), {"p": [value, value]}
        yield {"anyOf": [schema, {"type": "string"}]}, value
        yield {"oneOf": [schema, obj({"b": {"type": "string", "required": True}})]}, value
    words = "some words that fill a line and then go on to the next, it's \"so\"; " * 3
    wide = obj({"a_rather_long_name": {"type": "string", "description": words, "enum": ["first", "second", "third", "fourth", "fifth", "sixth"]}, "b": {"description": "x" * 90, "default": ["y" * 30, "z" * 40, {"k": "v" * 50}]}})
    for value in ({"a_rather_long_name": 5}, {"a_rather_long_name": words}, {"a_rather_long_name": "one\ntwo\n" * 12}, {"a_rather_long_name": "x" * 100}, {"a_rather_long_name": {"n": words, "list": [words, 1, [words]]}}):
        yield wide, value
        yield obj({"o": wide}, additionalProperties=False), {"o": value}
        yield {"type": "integer"}, value["a_rather_long_name"]
        yield {"type": "integer"}, [value, value]
    yield {"type": "integer"}, "é\u2028" * 40
    yield {"type": "integer"}, "a  b\t" * 30
    yield {"type": "integer"}, "trailing newline " * 8 + "\n"
    yield {"items": [{"type": "integer"}], "additionalItems": {"type": "string"}}, [1, 2]
    yield {"dependencies": {"a": {"dependencies": {"b": ["c"]}}}}, {"a": 1, "b": 2}
    yield {"allOf": [{}, {"anyOf": [{"$ref": "#/definitions/x"}]}], "definitions": {"x": {"properties": {"q": {"type": "string"}}}}}, {"q": 1}
    yield {"type": "string", "minLength": 5, "pattern": "^x", "enum": ["xxxxx"]}, "ab"
    yield {"enum": ["xxxxx"], "pattern": "^x", "minLength": 5, "type": "string"}, "ab"
    yield {"anyOf": [{"type": "integer"}], "minLength": 5}, "ab"
    yield {"minItems": 3, "items": {"type": "string"}, "uniqueItems": True}, [1, 1]
    yield {"items": {"type": "string"}}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]


def failure(error):
    keyword = error.validator if error.validator is not None else "false"
    return {"message": error.message, "path": list(error.absolute_path), "keyword": keyword}


def main():
    recorded, seen = [], set()
    for schema, instance in cases():
        key = json.dumps([schema, instance])
        if key in seen:
            continue
        seen.add(key)
        errors = list(Dialect(schema).iter_errors(instance))
        best = exceptions.best_match(iter(errors))
        shown = {**failure(best), "longText": str(best)} if best is not None else None
        recorded.append({"schema": schema, "instance": instance, "failures": [failure(error) for error in errors], "shown": shown})
    lines = ",\n".join(json.dumps(case) for case in recorded)
    (pathlib.Path(__file__).parent / "validation.json").write_text("[\n%s\n]\n" % lines)
    print(len(recorded))


if __name__ == "__main__":
    main()
