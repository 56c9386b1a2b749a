"""Records what the platform's own filters answer: python3 record-platform.py > platform-filters.json

Runs the filters of StackStorm's source: PYTHONPATH holds its st2common, and its requirements are installed
(jinja2==3.1.6 semver==3.0.4 jsonpath-rw==1.4.0 orjson==3.10.15 PyYAML==6). decrypt_kv needs a key file and a database and is not recorded.
"""
import json
import re
import sys
import types

import jinja2
import orjson
import semver
from st2common.util.jinja import get_jinja_environment

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
STRICT = get_jinja_environment()
CONTEXT = {
    "n": 7, "pi": 3.14159, "yes": True, "nothing": None, "empty": "", "name": "web-01", "nums": [3, 1, 2],
    "uni": "h\u00e9llo \u4e16", "quote": "it's \"q\"", "multi": "a\nb\n", "big": 2**70, "one": 1.0,
    "d": {"b": 1, "a": [1, {"c": None}], "t": "x"}, "nested": {"x": {"y": [{"z": 1}, {"z": 2}, {"w": 3}]}, "z": 0},
    "people": [{"name": "bo", "age": 30, "address": {"city": "X"}}, {"name": "al", "age": 25}, {"name": "cy", "age": 35, "address": {"city": "Y"}}],
    "json": '{"a": [1, 2.0, null, true], "b": "x"}', "yaml": "a: 1\nb: [x, y]\nc: yes\n", "text": "foo 12 bar 345 baz", "path": "/a/b/c.txt",
}


def encode(value):
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined):
        return {"$undefined": value._undefined_message}
    if isinstance(value, str):
        return str(value)
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
    if isinstance(value, (types.GeneratorType, range, type({}.keys()), type({}.values()), type({}.items()))):
        return [encode(v) for v in value]
    return {"$object": type(value).__name__}


CASES = []


def native(source):
    try:
        outcome = {"result": encode(STRICT.compile_expression(source, undefined_to_none=False)(CONTEXT))}
    except jinja2.TemplateSyntaxError as error:
        outcome = {"error": [type(error).__name__, error.message]}
    except Exception as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", str(error))]}
    CASES.append({"kind": "expression", "source": source, "undefined": "strict", "context": "shared", **outcome})


def each(template, values):
    for value in values.split(" ; "):
        native(template.replace("@", value))


each("@ | to_json_string", "d ; nums ; n ; pi ; one ; nothing ; yes ; uni ; quote ; multi ; big ; [] ; {} ; [[], {}] ; {1: 2} ; {none: 1, true: 2} ; (1, 2) ; missing ; range(2) ; nums | map('abs') ; {'a': 'x' | e} ; 1e16 ; 1e-7 ; '\\x7f\\u2028' ; people ; d.keys()")
each("d | to_json_string(@)", "2 ; 0 ; none, true ; 2, true ; sort_keys=true ; separators=[',', ':'] ; separators=(', ', ' = ') ; indent='--' ; indent=none, separators=none ; 1, separators=[';', ':'] ; 'x', true ; separators=none, sort_keys=none ; -1 ; true ; nope=1 ; 1, 2, 3, 4")
each("@ | from_json_string", "json ; '1' ; '1.0' ; '\"x\"' ; 'null' ; '[]' ; '{}' ; '' ; '{' ; '[1,]' ; 'NaN' ; '1e400' ; '01' ; '123456789012345678901234' ; '18446744073709551615' ; '-9223372036854775809' ; n ; nothing ; yes ; nums ; d ; '{\"a\":1,\"a\":2}' ; ' 1 ' ; '\"\\\\u00e9\"' ; \"{'a': 1}\" ; '1 2' ; 'true' ; 'True' ; '-0' ; '-0.0' ; '1E2' ; '\"\\\\ud800\"' ; missing")
each("@ | json_escape", "'a\"b' ; quote ; multi ; uni ; 'a\\\\b' ; '\"' ; 'a\"' ; '' ; n ; nothing ; d ; nums ; one ; '\\t\\x00\\x1f' ; '/' ; missing ; yes ; '\"\"x\"\"'")
each("@ | to_complex", "d ; nums ; n ; one ; nothing ; uni ; quote ; missing ; yes ; 'x' ; big ; (1,)")
each("@ | use_none", "nothing ; n ; '' ; d ; missing ; [] ; false")
each("people | jsonpath_query(@)", "'[*].name' ; '[0].name' ; '[-1].name' ; '[5].name' ; '[0:2].name' ; '[1:].age' ; '[:1].age' ; '[*].address.city' ; '$[*].name' ; '*' ; '[*]' ; '[0]' ; '[0].name,age' ; '[0][\"name\"]' ; \"[0]['name','age']\" ; '[*].(name|age)' ; '[*].name|age' ; '$..city' ; '$..*' ; '[*] where address' ; '[*].address where city' ; '[0].nope' ; '[*].address.`parent`.name' ; '`this`' ; '$.`parent`' ; '[0].name.`parent`' ; '[*].*' ; '[0].*' ; 'name' ; '' ; '[' ; '[0' ; '[*].' ; '..' ; '[a' ; '[0].name[0]' ; '[0:1:2]' ; '[?(@.age>1)]' ; '$[0].$[1].name' ; '(([0]))' ; '[*].name&age' ; '`bogus`' ; '[0].na me' ; \"[0].'name\" ; '[0]  .  name' ; '[*].where' ; '[00].name' ; '[*]..name' ; '#' ; '[*].name,*' ; '[1,2]' ; '[0].age.x' ; '[0].age[*]' ; '[:].name' ; '[-2:].name' ; '[0].\\'na\\\\me\\'' ; '[0].@' ; '$.[0]' ; '[0].name\\n' ; '[0]\\n.\\n)'")
each("nested | jsonpath_query(@)", "'x.y[*].z' ; 'x..z' ; '$..z' ; '..z' ; 'z' ; 'x.y[0]' ; 'x.y' ; '$' ; 'x.*' ; '*' ; 'x..y[0]' ; '$.x.y[*].`parent`' ; '$..y[*].w' ; 'x.y[*] where z' ; '(x|z)' ; 'x|z' ; '$.x|z' ; 'z|x.y' ; '[0]' ; 'x.y.z' ; 'x[y]' ; \"x['y'][1].z\" ; 'z[*]' ; 'x[*].y' ; '$..[0]' ; '$..y.`this`' ; 'x.y[*].z,w' ; '$.x.y[1].`parent`.`parent`.y[0]' ; '..' ; '$.' ; 'x..' ; 'x where y where z' ; 'x.y where z' ; '* where y'")
each("@ | jsonpath_query('a')", "{'a': 1} ; {'a': none} ; [{'a': 1}] ; 'a' ; n ; nothing ; missing ; {} ; {'a': [1]}")
each("@ | jsonpath_query('[0]')", "'abc' ; '' ; nums ; {} ; {'a': 1} ; {0: 'z'} ; n ; nothing ; (7, 8) ; one")
each("@ | jsonpath_query('[*]')", "'abc' ; nums ; d ; n ; one ; nothing ; yes ; [] ; (1, 2)")
each("[[1, 2], [3]] | jsonpath_query(@)", "'[*][*]' ; '[*][0]' ; '[0][1]' ; '$..[0]' ; '[1][1]' ; '[*][-1]' ; '..*' ; '$..[*]'")
native("d | jsonpath_query")
native("d | jsonpath_query(5)")
native("d | jsonpath_query('b', 'c')")
each("@ | regex_match('w')", "name ; 'xw' ; '' ; n ; nothing ; nums ; missing")
each("text | regex_match(@)", "'foo' ; 'bar' ; 'FOO' ; 'FOO', true ; 'FOO', ignorecase=true ; '(' ; '' ; 5 ; none ; '^foo$' ; '.*baz$' ; '[a-z]+ \\\\d+' ; '(?P<x>f)(?P=x)?' ; '\\\\bfoo' ; '*' ; 'foo', 1, 2 ; pattern='foo' ; [1]")
each("text | regex_search(@)", "'bar' ; 'BAR' ; 'BAR', true ; '\\\\d{3}' ; '\\\\d{4}' ; '^bar' ; '(?i)BAR' ; '(?=baz)' ; '(?<=foo )12' ; '[' ; 'baz\\\\Z' ; '\\\\w+$' ; '(a)(b)?'")
each("text | regex_replace(@)", "'\\\\d+', 'N' ; '(\\\\d)(\\\\d)', '\\\\2\\\\1' ; 'FOO', 'x' ; 'FOO', 'x', true ; 'o', '' ; '', '-' ; 'nomatch', 'x' ; '(?P<n>\\\\d+)', '<\\\\g<n>>' ; '\\\\d', '\\\\9' ; 'foo' ; '(', 'x' ; 'o', 5 ; 'x*', '-' ; '(f)|(z)', '[\\\\1]' ; 'a', '\\\\n' ; pattern='foo', replacement='F'")
each("text | regex_substring(@)", "'\\\\d+' ; '\\\\d+', 1 ; '\\\\d+', 2 ; '\\\\d+', -1 ; '\\\\d+', -3 ; '(\\\\w)(\\\\d)' ; '([a-z])+' ; 'FOO' ; 'FOO', 0, true ; 'FOO', ignorecase=true ; 'nope' ; '\\\\d+', 'a' ; '\\\\d+', true ; '(\\\\d)\\\\d' ; '' ; '(', 0")
each("@ | regex_replace('1', 'x')", "n ; 112 ; one ; yes ; nothing ; nums ; d ; 'a1'")
each("@ | to_human_time_from_seconds", "0 ; 1 ; 59 ; 60 ; 65 ; 3600 ; 3661 ; 86399 ; 86400 ; 90061 ; 2592000 ; 3456000 ; 31535999 ; 31536000 ; 31622400 ; 315360000 ; 0.5 ; 0.0001 ; 1.4 ; 1.5 ; 2.5 ; 59.9 ; -5 ; -0.5 ; true ; false ; 'x' ; '5' ; nothing ; missing ; 1e12 ; 1e20 ; 1e300 ; 253402300799 ; 315537897599 ; 315537897600 ; 63113904000 ; 0.0 ; big ; nums ; 86400000000000000 ; 5400.4")
VERSIONS = "'1.2.3' ; '1.2.3-rc.1' ; '1.2.3+b.5' ; '0.0.0' ; '1.2' ; 'x' ; '' ; '01.2.3' ; '1.2.3-01' ; '1.2.3-a.b-c.0' ; n ; nothing ; 'v1.2.3' ; ' 1.2.3' ; '1.2.3\\n' ; '99999999999999999999.1.1' ; missing ; '1.2.3-'"
for filter in ("version_bump_major", "version_bump_minor", "version_bump_patch", "version_strip_patch"):
    each("@ | " + filter, VERSIONS)
each("'1.2.3' | version_compare(@)", "'1.2.3' ; '1.2.4' ; '1.3.0' ; '1.2.2' ; '1.10.0' ; '1.2.3-rc1' ; '1.2.3+x' ; 'x' ; 5 ; none ; '1.2' ; missing ; '2.0.0' ; '0.99.99'")
each("'1.2.3-rc.1' | version_compare(@)", "'1.2.3' ; '1.2.3-rc.1' ; '1.2.3-rc.2' ; '1.2.3-rc.10' ; '1.2.3-rc' ; '1.2.3-alpha' ; '1.2.3-1' ; '1.2.3-rc.1.1' ; '1.2.3-rc.x' ; '1.2.3-rc.1+z' ; '1.2.2'")
for filter in ("version_more_than", "version_less_than", "version_equal"):
    each("'1.2.3' | " + filter + "(@)", "'1.2.3' ; '1.2.4' ; '1.2.2' ; 'x' ; '1.2.3+b'")
each("'1.2.3' | version_match(@)", "'>=1.2.3' ; '>1.2.3' ; '<2.0.0' ; '<=1.2.2' ; '==1.2.3' ; '!=1.2.3' ; '1.2.3' ; '=1.2.3' ; '~1.2' ; '' ; '>=' ; '>= 1.0.0' ; 'x' ; 5 ; '>=1.2' ; '^1.0.0' ; '<>1.0.0' ; '>=1.0.0,<2.0.0' ; '!1.2.3'")
native("'1.2.3' | version_compare")
native("'1.2.3' | version_match")
native("'x' | version_match('>=1.0.0')")
each("@ | basename", "path ; '/a/b/' ; 'x' ; '' ; '/' ; '//' ; 'a/b' ; n ; nothing ; '/a//b' ; 'C:\\\\x\\\\y' ; missing ; nums")
each("@ | dirname", "path ; '/a/b/' ; 'x' ; '' ; '/' ; '//' ; 'a/b' ; n ; '/a//b' ; '///x' ; 'a//' ; '/x' ; missing")
each("@ | to_yaml_string", "d ; nums ; n ; 'x' ; nothing ; yes ; uni ; {} ; [] ; 'yes' ; '1' ; multi ; quote ; people ; {'b': 1, 'a': 2} ; [[1], [2, [3]]] ; {'a': {'b': []}} ; 'a: b' ; '' ; pi ; {'k': 'line1\\nline2'} ; '#c' ; ' x ' ; missing ; ('word ' * 30)")
each("d | to_yaml_string(@)", "4 ; indent=2 ; allow_unicode=false ; none, true ; indent=8, allow_unicode=true ; 'x'")
native("uni | to_yaml_string(allow_unicode=false)")
each("@ | from_yaml_string", "yaml ; 'a: 1' ; '- x\\n- y' ; 'yes' ; 'on' ; '1' ; '0x1f' ; '' ; 'null' ; '~' ; 'a: b: c' ; '[1, 2' ; '{a: 1}' ; '\"x\"' ; n ; nothing ; yes ; '1_000' ; '010' ; '- ' ; 'a:\\n  b: [1, {c: d}]' ; '!!python/object:os.system x' ; '&a [1]' ; '- &a x\\n- *a' ; '# only' ; '12:30' ; '.5' ; missing")
each("1 | @", "json_dump ; json_parse ; yaml_dump ; to_json_string | from_json_string ; decrypt_kv_x ; st2kv")
for source in ("3 is in [3]", "1 is in([1.0])", "'a' is in 'abc'", "3 is in nums", "3 is not in nums", "3 is in", "3 is in 5"):
    native(source)

for source in ("'' | regex_search('')", "nothing | regex_search('None')", "'aB' | regex_search('b', true)", "5 | regex_search('(')", "multi | regex_search('^b')", "'1.0.0' | version_more_than('0.9.9+x')", "'1.0.0' | version_more_than('')", "nothing | version_more_than('1.0.0')", "'1.0.0-a' | version_less_than('1.0.0')", "'1.0' | version_less_than('1.0.0')", "nothing | version_less_than('1.0.0')", "'1.0.0+a' | version_equal('1.0.0')", "'' | version_equal('')", "5 | version_equal('5.0.0')", "'10.0.0' | version_more_than(pattern='9.9.9')", "'1.0.0' | version_more_than(nope)", "'9.9.9' | version_less_than('10.0.0')", "'1.0.0' | version_less_than(none)", "nums | version_equal('1.0.0')", "'1.0.0-rc.1' | version_equal('1.0.0-rc.1')"):
    native(source)

print('{"recorded_with": "Jinja2 %s, semver %s, orjson %s, jsonpath-rw 1.4.0, Python %s", "context": ' % (jinja2.__version__, semver.__version__, orjson.__version__, sys.version.split()[0]) + json.dumps(encode(CONTEXT)) + ', "cases": [')
unique = list({one["source"]: one for one in CASES}.values())
print(",\n".join(json.dumps(one) for one in unique))
print("]}")
print(len(unique), file=sys.stderr)
