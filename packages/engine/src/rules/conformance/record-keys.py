"""Records where the keys of criteria lead and what their patterns render to: record-keys.py > keys-and-patterns.json

Needs jsonpath-rw 1.4.0 and jinja2. What stands here beside both libraries is taken from the description of criteria: a key
ends at `#` and means its first match; a pattern with an expression is first rendered with `to_complex` and read as JSON.
"""
import json
import re
import sys

import jinja2
import jsonpath_rw

PAYLOAD = {
    "a": {"b": 1, "c-d": 2, "x.y": 3, "n": None, "where": 4},
    "headers": {"X-Foo": "bar", "X Y": "z"},
    "list": [{"x": 1, "k": "a"}, {"x": 2, "k": "b"}, {"x": 3}],
    "numbers": [10, 20, 30],
    "text": "hello",
    "empty": [],
    "deep": {"f": {"g": {"f": 7}}},
    "1a": "digit",
    "b": {"list": [[1, 2], [3, 4]]},
    "flag": True,
    "quoted": 'say "hi"',
    "lines": "one\ntwo",
    "number_text": "5",
    "float": 2.5,
    "nothing": None,
}

KEYS = """trigger.a.b;$.trigger.a.b;trigger.a.c-d;trigger['a'];trigger.a['c-d'];trigger.headers['X-Foo'];trigger.headers.X-Foo
trigger.headers['X Y'];trigger.headers.X Y;trigger.a['x.y'];trigger.a.x.y;trigger.list[0].x;trigger.list[-1].x;trigger.list[0:2]
trigger.list[1:];trigger.list[*].x;trigger.list[*].k;trigger.list[5].x;trigger.list[2].k;trigger..f;trigger..x;trigger.deep.f.g.f
trigger.numbers[0];trigger.numbers[-1];trigger.numbers[-9];trigger.numbers[1:2];trigger.numbers;trigger.empty[0];trigger.empty;trigger.empty[*]
trigger.a.n;trigger.nope;trigger.nope.deeper;trigger.text.x;trigger.1a;trigger['1a'];trigger.list.x;trigger;$;$.trigger;nope;foo.bar
trigger.*;trigger.a.*;trigger.b.list[0][1];trigger.b.list[*][0];trigger.a.b#1;trigger.a.b#1#2;trigger.a.b #x;#;# trigger.a.b;trigger.
trigger..;.trigger;trigger[;trigger['a;trigger.a.where;trigger.a['where'];trigger.(a|headers);trigger.a,headers;trigger.text[0];trigger.flag
trigger.float;trigger.text[*];trigger.a[0];trigger where a;trigger.list[0,1];trigger["a"]["b"];trigger.`parent`;trigger.a.`this`.b;@x;trigger.a-b
trigger.a_b;trigger.list[0]['x'];trigger.list[00];trigger[*].b;trigger.numbers[*];trigger.a.b.c;trigger . a . b; trigger.a.b;trigger.a.b """

PATTERNS = [
    "plain", "", "a\n", "a\n\n", "a\r\nb", "\n", "{{ trigger.a.b }}", "{{trigger.a.b}}", "{{ trigger.text }}", "{{ trigger.flag }}",
    "{{ trigger.numbers }}", "{{ trigger.a }}", "{{ trigger.nothing }}", "{{ trigger.float }}", "{{ trigger.number_text }}",
    "x{{ trigger.text }}", "{{ trigger.text }}x", "{{ trigger.a.b }}{{ trigger.a.b }}", "{{ trigger.a.b }} {{ trigger.a.b }}",
    "{{ trigger.text }} {{ trigger.text }}", "1{{ trigger.a.b }}", "{{ trigger.quoted }}", "-{{ trigger.a.b }}", "{{ trigger.lines }}",
    "{{ trigger.text | upper }}", "{{ trigger.numbers | length }}", "{{ trigger.nope }}", "{{ nope }}", "{{ trigger.nope | default('d') }}",
    "{{ trigger.a.b", "{{ }}", "}} {{", "{% if trigger.flag %}yes{% endif %}", "{% if trigger.flag %}{{ trigger.a.b }}{% endif %}",
    "{# comment #}", "a{# comment #}b", "{{ 'a' ~ 'b' }}", "{{ 1 + 1 }}", "{{ 1.0 }}", "{{ none }}", "{{ true }}", "{{ [1, 'a'] }}",
    "{{ {'a': 1} }}", "{{ '}}' }}", "{{ \"{{\" }}", "{{\ntrigger.a.b\n}}", "{{ trigger.a.b\n}}", "{{ trigger.a.b }}\n", "line\n{{ trigger.text }}",
    "[{{ trigger.a.b }}]", "{{ trigger.a.b }},", "\"{{ trigger.text }}\"", "{{ trigger.text.upper() }}", "{{ 5 // 0 }}", "^{{ trigger.text }}$",
    "{{trigger.a.b}} }}", "{{ trigger.a.b | string }}", "{{- trigger.a.b -}}", " {{ trigger.a.b }} ",
]

ENVIRONMENT = jinja2.Environment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
ENVIRONMENT.filters["to_complex"] = lambda value: json.dumps(value, separators=(",", ": "))


def first(key):
    matches = jsonpath_rw.parse(key.split("#")[0]).find({"trigger": PAYLOAD})
    return matches[0].value if matches else None


def render(pattern):
    text = ENVIRONMENT.from_string(pattern).render(trigger=PAYLOAD)
    return text


def rendered(pattern):
    expression = r"({{)\s*(.*)\s*(}})"
    if re.findall(expression, pattern):
        try:
            return json.loads(render(re.sub(expression, r"\1\2 | to_complex\3", pattern)))
        except ValueError:
            pass
    return render(pattern)


def outcome(compute, argument):
    try:
        return {"value": compute(argument)}
    except Exception as error:
        return {"fails": type(error).__name__}


json.dump(
    {
        "payload": PAYLOAD,
        "keys": [[key, outcome(first, key)] for line in KEYS.split("\n") for key in line.split(";")],
        "patterns": [[pattern, outcome(rendered, pattern)] for pattern in PATTERNS],
    },
    sys.stdout,
    indent=1,
)
sys.stdout.write("\n")
