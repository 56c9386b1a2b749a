"""Records what StackStorm's own schema module makes of defaults, null tolerance and parameter sets.

Usage: python3 record_defaults.py PATH-OF-st2common, in a virtualenv with jsonschema==4.26.0, six, orjson and pymongo.
Writes defaults.json beside itself.
"""

import copy
import json
import logging
import pathlib
import sys
import types

sys.path.insert(0, sys.argv[1])
log = types.ModuleType("st2common.log")
log.getLogger = logging.getLogger
import st2common  # noqa: E402

st2common.log = log
sys.modules["st2common.log"] = log

from st2common.util import schema as st2  # noqa: E402

string, integer = {"type": "string"}, {"type": "integer"}
PARAMETERS = [
    {},
    {"a": string},
    {"a": {}},
    {"a": {"required": True}},
    {"a": {"default": 5}},
    {"a": {"description": "no type"}},
    {"a": {"enum": ["x", 5]}},
    {"a": {"secret": True, "default": None, "required": True}},
    {"a": {"default": None, "type": "integer"}},
    {"a": {"type": "integer", "default": 5}},
    {"a": {"type": "integer", "default": 5, "required": True}},
    {"a": {"type": "integer", "default": None, "required": True}},
    {"a": {"type": "string", "enum": ["x", "y"]}},
    {"a": {"type": "string", "enum": ["x", "y"], "default": "x"}},
    {"a": {"anyOf": [string, integer]}},
    {"a": {"anyOf": [string, {"type": "null"}]}},
    {"a": {"oneOf": [string, integer], "default": None}},
    {"a": {"oneOf": [string, integer], "default": "d"}},
    {"a": {"type": ["string", "integer"]}},
    {"a": {"type": ["string", "null"], "default": None}},
    {"a": {"type": "object", "properties": {"b": {"type": "integer", "default": 1}, "c": string}}},
    {"a": {"type": "object", "default": {}, "properties": {"b": {"type": "integer", "default": 1}, "c": {"type": "string", "required": True}}}},
    {"a": {"type": "object", "default": {"c": "z"}, "properties": {"b": {"type": "array", "items": {"type": "object", "properties": {"d": {"default": 4}}}}}}},
    {"a": {"type": "array", "items": {"type": "string", "default": "d"}}},
    {"a": {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "integer", "default": 1}, "c": string}}}},
    {"a": {"type": "array", "items": {"type": "array", "items": {"type": "integer", "default": 3}}}},
    {"a": {"type": "array", "default": [1, 2]}},
    {"a": {"type": "object", "additionalProperties": {"type": "object", "properties": {"b": {"default": 1}}}}},
    {"a": {"type": "object", "patternProperties": {"^x": {"default": 1}}}},
    {"a": {"type": "object", "properties": {"b": {"default": True}, "c": integer, "e": {"default": 2}}, "dependencies": {"b": ["c"], "c": ["e"]}}},
    {"a": {"type": "object", "properties": {"b": {"default": True}, "c": {"type": "integer", "default": 8}}, "dependencies": {"b": ["c"]}}},
    {"cmd": {"type": "string", "required": True}, "sudo": {"type": "boolean", "default": False}, "timeout": {"type": "integer", "default": 60}, "env": {"type": "object"}},
    {"b": {"type": "integer", "minimum": 1, "maximum": 5, "default": 9}, "a": {"type": "string", "secret": True, "position": 0, "immutable": True, "default": "k"}},
]
VALUES = [None, 5, "x", "z", [], [None], ["s", None], [[None, 1]], [{}], [{"b": None}], {}, {"b": None}, {"b": 2}, {"c": "s"}, {"c": 1}, {"b": [{}, {"d": None}]}, {"x1": None}, {"q": {}}, True, 2.5]


def instances():
    yield {}
    for value in VALUES:
        yield {"a": value}
    yield {"cmd": "echo"}
    yield {"cmd": None}
    yield {"cmd": "echo", "sudo": None, "env": None}
    yield {"a": "x", "extra": 1}
    yield {"b": 3}


def outcome(schema, instance, tolerant):
    try:
        kwargs = {"cls": st2.get_validator(), "use_default": True, "allow_default_none": tolerant}
        # NOTE: a copy, because defaults are handed out as they are and then filled in place
        return {"value": st2.validate(instance, copy.deepcopy(schema), **kwargs)}
    except Exception as error:
        return {"error": error.message, "path": list(error.absolute_path)}


def main():
    recorded = []
    for parameters in PARAMETERS:
        sets = {
            more: st2.get_schema_for_resource_parameters(parameters, allow_additional_properties=more)
            for more in (False, True)
        }
        tolerant = st2.modify_schema_allow_default_none(sets[False])
        outcomes = [
            {"instance": i, "tolerant": outcome(sets[False], i, True), "strict": outcome(sets[False], i, False)}
            for i in instances()
        ]
        recorded.append({"parameters": parameters, "set": sets[False], "openSet": sets[True], "tolerant": tolerant, "outcomes": outcomes})
    lines = ",\n".join(json.dumps(case) for case in recorded)
    (pathlib.Path(__file__).parent / "defaults.json").write_text("[\n%s\n]\n" % lines)
    print(len(recorded), sum(len(case["outcomes"]) for case in recorded))


if __name__ == "__main__":
    main()
