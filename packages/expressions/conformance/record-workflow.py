"""Records what expressions in workflows answer: python3 record-workflow.py > workflow.json

Runs Orquesta (current source) with StackStorm's functions: PYTHONPATH holds orquesta, st2common and contrib/runners/orquesta_runner,
and their entry points in the order of their sources. Needs yaql==3.2.0 jinja2==3.1.6. The datastore and the task records behind st2kv and
task are in this file, since those functions ask a database.
"""
import json
import re
import sys
import types

import jinja2
from orquesta.expressions import base
from yaql.language import utils as yaql_utils
from st2common.exceptions import db as db_exc
from st2common.persistence import auth
from st2common.persistence import workflow
from st2common.util import keyvalue

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
KEYS = {"system.a": "sysvalue", "mine": "uservalue", "empty": "", "secret": "CIPHER", "system.jin": "{{ 1 + 1 }}"}
DECRYPTED = {"secret": "plain"}


class Record(types.SimpleNamespace):
    pass


def get_key(key=None, user_db=None, scope=None, decrypt=False):
    if key == "broken":
        raise Exception("database is down")
    if key not in KEYS:
        raise db_exc.StackStormDBObjectNotFoundError('The key "%s" does not exist in the StackStorm datastore.' % (key[7:] if key.startswith("system.") else key))
    return DECRYPTED.get(key, KEYS[key]) if decrypt else KEYS[key]


def get_user(name):
    if name == "nobody":
        raise Exception("no such user")
    return name


RECORDS = {("wf1", "t1", 0): Record(id="te1", workflow_execution="wf1", task_id="t1", task_route=0, result={"out": 1}, status="succeeded", start_timestamp="2024-01-01 00:00:00+00:00", end_timestamp=None)}
keyvalue.get_key = get_key
auth.User.get = staticmethod(get_user)
workflow.TaskExecution.query = staticmethod(lambda workflow_execution=None, task_id=None, task_route=None: [RECORDS[(workflow_execution, task_id, task_route)]] if (workflow_execution, task_id, task_route) in RECORDS else [])

STATE = {
    "routes": [[], ["t1__t0"], ["t2__t0"], ["t1__t0", "t3__t0"]],
    "tasks": {"t1__r0": 0, "t2__r1": 1, "t3__r3": 3, "gone__r0": 4, "empty__r0": 5},
    "sequence": [{"id": "t1", "route": 0, "status": "succeeded"}, {"id": "t2", "route": 1, "status": "failed"}, {"id": "t1", "route": 0, "status": "running"}, {"id": "t3", "route": 3, "status": "timeout"}, None, {"id": "empty", "route": 0}],
}
VARS = {
    "a": 1, "s": "abc", "l": [3, 1, 2], "d": {"x": 1, "y": {"z": [1, 2]}}, "n": None, "b": True, "f": 1.5, "one": 1.0, "e": "", "big": 2**70, "uni": "h\u00e9 \u4e16",
    "dd": [{"k": "a", "v": 1}, {"k": "b", "v": 2}, {"k": "a", "v": 3}], "key-dash": "dashed", "jin": "{{ ctx('a') }}", "yaq": "<% ctx(a) %>", "chain": "<% ctx(yaq) %>!", "jchain": "{{ ctx('jin') }}!", "half": "<% ctx(a)", "mixed": "{{ ctx('a') }} <% ctx(a) %>",
    "raw": "{% raw %}{{ x }}{% endraw %}", "blk": "{% if true %}{{ ctx('a') }}{% endif %}", "json": '{"k": [1, 2.0, null]}', "ver": "1.2.3", "nested": ["<% ctx(a) %>", {"k": "{{ ctx('a') }}"}], "quote": "it's", "__p": "private", "html": "<b>", "1": "one-key", "path": "/a/b/c.txt", "yaml": "a: [1, 2]",
    "st2": {"user": "stanley", "workflow_execution_id": "wf1", "action_execution_id": "ae1"},
}
TASK = {"id": "t1", "route": 0, "result": {"stdout": "out", "list": [1, 2]}}
CONTEXTS = {
    "vars": VARS,
    "task": {**VARS, "__state": STATE, "__current_task": TASK, "__current_item": {"name": "i1", "no": 5}},
    "task3": {**VARS, "__state": STATE, "__current_task": {"id": "t3", "route": 3, "result": None}, "__current_item": "plain"},
    "split": {**VARS, "__state": STATE, "__current_task": {"id": "t2", "route": 1, "result": [1]}, "__current_item": None},
    "empty": {},
    "nobody": {"st2": {"user": "nobody"}},
}
CASES = []


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
    if isinstance(value, (dict, yaql_utils.FrozenDict)):
        return {"$dict": [[encode(k), encode(v)] for k, v in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"$set": sorted((encode(v) for v in value), key=json.dumps)}
    if isinstance(value, (types.GeneratorType, range, type({}.keys()), type({}.values()), type({}.items()))):
        return [encode(v) for v in value]
    return {"$object": type(value).__name__}


def record(statement, context="vars"):
    try:
        outcome = {"result": encode(base.evaluate(statement, CONTEXTS[context]))}
    except Exception as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", str(error))]}
    if "result" in outcome:
        outcome = json.loads(ADDRESS.sub("0x7f0000000000", json.dumps(outcome)))
    CASES.append({"kind": "evaluate", "statement": statement, "context": context, **outcome})


def inspect(statement):
    CASES.append({"kind": "validate", "statement": statement, "context": "empty", "result": [[e["type"], e["expression"], e["message"]] for e in base.validate(statement)["errors"]]})


def variables(statement):
    CASES.append({"kind": "variables", "statement": statement, "context": "empty", "result": [list(v) for v in base.extract_vars(statement)]})


def lines(block, context="vars"):
    for line in block.strip("\n").split("\n"):
        if line and not line.startswith("## "):
            record(line.replace("\\N", "\n"), context)


# 2 the layer
lines(r"""
plain
<% ctx(a) %>
x<% ctx(a) %>
<% ctx(a) %> 
 <% ctx(a) %>
<% ctx(a) %>\N
<% ctx(a) %><% ctx(a) %>
<% ctx(a) %>-<% ctx(s) %>-<% ctx(a) %>
a <% ctx(s) %> {{ ctx('a') }}
{{ ctx('a') }} <% ctx(s) %>
<% ctx(a) %
<%ctx(a)%>
<%   ctx(a)   %>
<% ctx(\Na) %>
<% ctx(a) %>\N<% ctx(s) %>
<% "%>" %>
<% '<' + 'a' %>
<% <ctx(a)> %>
<%%>
<% %>
{{ ctx('a') }}
x{{ ctx('a') }}
{{ ctx('a') }} 
{{ ctx('a') }}\N
{{ctx('a')}}
{{ ctx('a') }}{{ ctx('a') }}
{{ ctx('a')\N }}
{{ {'a': 1} }}
{{ {'a': {'b': 1}} }}
{{ '}}' }}
{{ }}
{{}}
{{{ ctx('a') }}}
{# comment #}
{{ ctx('a') }}{# comment #}
{% if true %}yes{% endif %}
{% if ctx('b') %}{{ ctx('a') }}{% endif %}
{% for x in ctx('l') %}{{ x }},{% endfor %}
{% for x in ctx('l') %}\N- {{ x }}\N{% endfor %}
{% set x = 5 %}{{ x }}
{% set x = ctx('jin') %}{{ x }}
{% if true %}{{ ctx('jin') }}{% endif %}
{% if true %}<% ctx(a) %>{% endif %}
{% if true %}\N
{% if\Ntrue %}x{% endif %}
{% raw %}{{ x }}{% endraw %}
{% raw %}{{ x }}{% endraw %} {{ ctx('a') }}
{% raw %}a{% endraw %}{% raw %}b{% endraw %}
{0} {% raw %}x{% endraw %}
{%raw%}{{ x }}{%endraw%}
{% raw %}{{ x }}{% endraw %}{{ ctx('l') }}
{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(ctx('a')) }}
{% include 'x' %}
{% nope %}
{% if true %}{{ ctx('zz') }}{% endif %}
{% if true %}{{ nope }}{% endif %}
<% ctx(jin) %>
<% ctx(yaq) %>
<% ctx(chain) %>
<% ctx(half) %>
<% ctx(mixed) %>
<% ctx(nested) %>
<% ctx(blk) %>
{{ ctx('jin') }}
{{ ctx('yaq') }}
{{ ctx('jchain') }}
{{ ctx('mixed') }}
{{ ctx('nested') }}
{{ ctx('raw') }}
{{ ctx('blk') }}
x{{ ctx('blk') }}
{{ ctx('jin') + 'x' }}
<% ctx(yaq) + x %>
## text of values
x<% ctx(n) %>
x<% ctx(b) %>
x<% ctx(l) %>
x<% ctx(d) %>
x<% ctx(f) %>
x<% ctx(one) %>
x<% ctx(big) %>
x<% ctx(uni) %>
x<% ctx(quote) %> <% [ctx(quote)] %>
x<% set(1) %>
x<% ctx(l).where($ > 1) %>
x<% datetime('2015-09-29') %>
x{{ ctx('n') }}
x{{ ctx('b') }}
x{{ ctx('l') }}
x{{ ctx('d') }}
x{{ ctx('one') }}
x{{ ctx('d').keys() }}
x{{ ctx('l') | map('string') }}
x{{ range(3) }}
x{{ ctx('l') | reverse }}
x{{ (1,) }}
x{{ ctx('html') | e }}
x{{ [ctx('html') | e] }}
x{{ 'a' if false }}
{{ ctx('d').keys() }}
{{ ctx('d').items() }}
{{ range(3) }}
{{ ctx('l') | map('string') }}
{{ ctx('l') | select('odd') }}
{{ ctx('d').items() | list }}
{{ (1, 2) }}
{{ ctx('html') | e }}
{{ 'a' if false }}
{{ ctx('n') }}
{{ ctx('b') }}
{{ ctx('one') }}
{{ ctx('big') }}
{{ 7 / 2 }}
{{ 7 // 2 }}
{{ 10 / 5 }}
<% 7 / 2 %>
<% 7.0 / 2 %>
<% ctx(one) %>
<% ctx(big) + 1 %>
<% set(1, 2) %>
<% ctx(d).keys() %>
<% ctx(d).items() %>
<% ctx(dd).groupBy($.k, $.v) %>
<% ctx(l).select($ * 2) %>
<% range(3) %>
<% dict(a => 1) %>
<% [1, [2]] %>
<% null %>
<% true and 5 %>
<% ctx(dd).k %>
<% ctx(dd).where($.k = a).v %>
<% ctx(dd).toDict($.k, $.v) %>
<% let(x => 1) -> $x + 1 %>
<% zip([1,2,3],[4,5]) %>
<% [1,2,3].zip([4,5]) %>
## errors
<% ctx(zz) %>
<% ctx().zz %>
<% ctx().d.q %>
<% ctx(d).q %>
<% ctx(n).q %>
<% ctx(n)?.q %>
<% $ %>
<% $.a %>
<% nofunc() %>
<% 1 + a %>
<% 1 / 0 %>
<% int("5.5") %>
<% [].first() %>
<% ctx(a) + %>
<% (1,2) %>
<% ctx(__p) %>
<% ctx('__p') %>
<% ctx('__q') %>
<% __x %>
<% ctx(key-dash) %>
<% ctx('key-dash') %>
<% ctx().get('key-dash') %>
<% ctx(a, b) %>
<% ctx(key => a) %>
<% ctx(nokey => a) %>
<% ctx(a).ctx() %>
<% ctx().keys().toList().len() %>
<% ctx(0) %>
<% ctx('') %>
<% ctx(null) = ctx() %>
<% ctx('1') %>
<% ctx(1) %>
<% ctx([1]) %>
<% ctx().len() > 5 %>
<% ctx(l)[0] %>
<% ctx(l)[9] %>
<% ctx().a %>
<% ctx().d.y.z %>
<% ctx().d.get(q) %>
<% ctx().d.get(q, 5) %>
{{ ctx('zz') }}
{{ ctx().zz }}
{{ ctx().zz.yy }}
{{ ctx('d').q }}
{{ ctx('d').q.r }}
{{ ctx('n').q }}
{{ nofunc() }}
{{ nofunc }}
{{ nofunc }} {{ nope.x }}
{{ nofunc }} and {{ other }}
{{ ctx().zz | default('d') }}
{{ ctx('n') | default('d') }}
{{ ctx('n') | default('d', true) }}
{{ ctx('s') + 1 }}
{{ 1 / 0 }}
{{ ctx('a') + }}
{{ ctx('a') b }}
{{ 'x' | nofilter }}
{{ 'x' is notest }}
{{ ctx('__p') }}
{{ ctx('__q') }}
{{ ctx().__p }}
{{ __vars }}
{{ __vars.a }}
{{ __state }}
{{ ctx('a', 'b') }}
{{ ctx(key='a') }}
{{ ctx(nokey='a') }}
{{ ctx(0) }}
{{ ctx(none) == ctx() }}
{{ ctx() | length }}
{{ ctx(['a']) }}
{{ ctx(5) }}
{{ 'a' | ctx }}
{{ {'__vars': {'q': 5}} | ctx('q') }}
{{ ''.__class__ }}
{{ ctx.__class__ }}
{{ undefined_var is defined }}
{{ undefined_var | default(1) }}
{{ range(100001) }}
{{ ctx('l')[9] }}
{{ ctx('l')[0] }}
{{ ctx('d')['x'] }}
{{ ctx().d.y.z[1] }}
{{ ctx('l') | join(',') }}
{{ ctx('s') | upper }}
{{ "{{ x }}" }}
{{ ctx('uni') }}
{{ ctx('e') }}
""")
for statement in [5, None, True, 1.5, [], {}, ["<% ctx(a) %>", "{{ ctx('s') }}", 5], {"k": "<% ctx(l) %>", "<% ctx(s) %>": 1}, {"a": {"b": ["x<% ctx(a) %>"]}}, {"<% ctx(l) %>": 1}, [["{{ ctx('zz') }}"]], {"{{ ctx('a') }}": "{{ ctx('b') }}"}]:
    record(statement)
lines(r"""
<% ctx() %>
{{ ctx() }}
<% ctx(a) %>
<% item() %>
{{ item() }}
<% succeeded() %>
{{ failed() }}
<% result() %>
<% task_status(t1) %>
{{ task_status('t1') }}
<% st2kv('mine') %>
{{ st2kv('mine') }}
{{ task('t1') }}
<% task() %>
{{ __current_task }}
""", "empty")
# 7 functions of workflows
FUNCTIONS = r"""
<% item() %>
<% item(name) %>
<% item('no') %>
<% item(zz) %>
<% item('') %>
<% item().name %>
{{ item() }}
{{ item('name') }}
{{ item('zz') }}
{{ item(0) }}
{{ item().no }}
x{{ item() }}
<% task_status(t1) %>
<% task_status(t2) %>
<% task_status(t3) %>
<% task_status(nope) %>
<% task_status(gone) %>
<% task_status(empty) %>
<% task_status(t2, 1) %>
<% task_status(t1, 3) %>
<% task_status(t1, route => 2) %>
<% task_status(taskId => t1) %>
<% task_status(t1, 9) %>
<% task_status() %>
<% task_status(null) %>
{{ task_status('t1') }}
{{ task_status('t2') }}
{{ task_status('t3') }}
{{ task_status('nope') }}
{{ task_status('t2', 1) }}
{{ task_status('t2', route=1) }}
{{ task_status('t1', 3) }}
{{ task_status(task_id='t1') }}
{{ task_status('t1', 9) }}
{{ task_status('t1', 'x') }}
{{ task_status() }}
{{ task_status('t1', 1, 2) }}
<% succeeded() %>
<% failed() %>
<% completed() %>
<% not succeeded() %>
<% succeeded() and ctx(b) %>
<% succeeded(1) %>
{{ succeeded() }}
{{ failed() }}
{{ completed() }}
{{ succeeded(1) }}
{{ succeeded() and ctx('a') }}
<% result() %>
<% result().stdout %>
<% result().get(zz) %>
<% result().list.len() %>
{{ result() }}
{{ result().stdout }}
{{ result().zz }}
{{ result() | length }}
{{ 'x' | succeeded }}
{{ '' | succeeded }}
{{ {} | result }}
{{ 'x' | result }}
{{ __current_task.id }}
{{ __current_item }}
"""
for context in ("task", "task3", "split", "vars"):
    lines(FUNCTIONS, context)
lines(r"""
<% json('{"a": [1, 2.0, null, true]}') %>
<% json(ctx(json)).k %>
<% json('[1,') %>
<% json('') %>
<% json('{"a" 1}') %>
<% json("{'a': 1}") %>
<% json('NaN') %>
<% json('123456789012345678901234567890') %>
<% json('1e400') %>
<% json('"x" y') %>
<% json('"\\u00e9\\n"') %>
<% json('[1 2]') %>
<% json('{"a": }') %>
<% json('{a: 1}') %>
<% json('tru') %>
<% json('-') %>
<% json('01') %>
<% json('[1,]') %>
<% json('{"a":1,}') %>
<% json('"abc') %>
<% json('"\\x"') %>
<% json('"\\u12"') %>
<% json(ctx(d)) %>
<% json(5) %>
<% json(null) %>
<% json(ctx(l)) %>
<% json('[1]') = [1] %>
<% json('[[1],[1]]').distinct() %>
<% json('{"a": 1}') = dict(a => 1) %>
<% json(s => '1') %>
{{ json('{"a": [1, 2.0, null, true]}') }}
{{ ctx('json') | json }}
{{ json(ctx('d')) }}
{{ json('[1,') }}
{{ json(5) }}
{{ json() }}
{{ json('1', '2') }}
{{ json('NaN') }}
{{ json('-0') }}
{{ json(' [ ] ') }}
<% zip([1, 2], [3]) %>
<% zip([1, 2], [3], pad => 0) %>
<% zip() %>
<% zip([1]) %>
<% zip(null, [1]) %>
<% zip(abc, [1]) %>
<% zip(ctx(d), [1]) %>
<% zip([1], 5) %>
<% zip([1], [2], [3]) %>
<% zip([1], [2], nope => 1) %>
<% zip(range(2), [5]) %>
<% zip([1],[2]) = [[1, 2]] %>
<% zip([1], [2]).select($[0] + $[1]) %>
{{ zip([1, 2], [3]) }}
{{ zip([1, 2], [3], pad=0) }}
{{ zip() }}
{{ zip([1]) }}
{{ zip(none, [1]) }}
{{ zip('abc', [1]) }}
{{ zip(5, [1]) }}
{{ [1, 2] | zip([3]) }}
{{ zip([1], [2], nope=1) }}
x{{ zip([1], [2]) }}
<% st2kv('mine') %>
<% st2kv(mine) %>
<% st2kv('system.a') %>
<% st2kv('system.zz') %>
<% st2kv('zz') %>
<% st2kv('zz', default => 'd') %>
<% st2kv('zz', default => null) %>
<% st2kv('zz', default => '') %>
<% st2kv('secret') %>
<% st2kv('secret', decrypt => true) %>
<% st2kv('secret', decrypt => 'yes') %>
<% st2kv(5) %>
<% st2kv('mine', true) %>
<% st2kv('broken') %>
<% st2kv('broken', default => 1) %>
<% st2kv('empty') %>
<% st2kv('system.jin') %>
<% st2kv() %>
<% st2kv('user.mine') %>
{{ st2kv('mine') }}
{{ st2kv('system.a') }}
{{ st2kv('system.zz') }}
{{ st2kv('zz') }}
{{ st2kv('zz', default='d') }}
{{ st2kv('zz', default=none) }}
{{ st2kv('secret', decrypt=true) }}
{{ st2kv('secret', decrypt=1) }}
{{ st2kv(5) }}
{{ st2kv('mine', true) }}
{{ st2kv('broken') }}
{{ st2kv('system.jin') }}
{{ st2kv() }}
{{ st2kv.system.a }}
x{{ st2kv('mine') }}{{ st2kv('system.a') }}
""")
lines(r"""
<% st2kv('mine') %>
{{ st2kv('mine') }}
""", "nobody")
lines(r"""
<% task() %>
<% task(t1) %>
<% task(t1).result.out %>
<% task(t2) %>
<% task(nope) %>
<% task(taskId => t1, route => 0) %>
{{ task() }}
{{ task('t1').status }}
{{ task('nope') }}
{{ task('t2', 1) }}
""", "task")
# 8 functions of the platform
lines(r"""
<% to_json_string(ctx(d)) %>
<% to_json_string(ctx(l)) %>
<% to_json_string(ctx(dd)) %>
<% to_json_string(dict(a => dict(b => 1))) %>
<% to_json_string(ctx(d), indent => 2) %>
<% to_json_string(ctx(d), sortKeys => true) %>
<% to_json_string(ctx(d), sort_keys => true) %>
<% to_json_string([1, 'a', null, true, 1.5]) %>
<% to_json_string(range(2)) %>
<% to_json_string(set(1)) %>
<% to_json_string(json('[{"a": 1}]')) %>
<% to_json_string(ctx(uni)) %>
<% to_json_string(null) %>
<% to_json_string(ctx(l), separators => [',', ':']) %>
<% json_dump(ctx(d)) %>
<% json_parse('[1]') %>
<% from_json_string(ctx(json)) %>
<% from_json_string('x') %>
<% from_json_string(5) %>
<% from_json_string(null) %>
<% from_json_string('123456789012345678901234567890') %>
<% from_json_string('NaN') %>
<% from_json_string('[[1],[1]]').distinct() %>
<% json_escape('a"b') %>
<% json_escape(ctx(l)) %>
<% json_escape(ctx(d)) %>
<% json_escape(5) %>
<% jsonpath_query(ctx(dd), '[*].k') %>
<% jsonpath_query(ctx(d), 'y.z[0]') %>
<% jsonpath_query(ctx(d), '$..z') %>
<% jsonpath_query(ctx(d), '*') %>
<% jsonpath_query(ctx(d), 'q') %>
<% jsonpath_query(ctx(d), '[*]') %>
<% jsonpath_query(ctx(d), '[0]') %>
<% jsonpath_query(ctx(d), '(') %>
<% jsonpath_query(json('{"a": {"b": 1}}'), '$..b') %>
<% jsonpath_query(value => ctx(dd), query => '[0].v') %>
<% regex_match(ctx(s), 'ab') %>
<% regex_match(ctx(s), 'AB', true) %>
<% regex_match(ctx(s), 'AB', ignorecase => true) %>
<% regex_match(ctx(s), 'AB', 1) %>
<% regex_match(5, '5') %>
<% regex_match(ctx(l), '.3') %>
<% regex_match(ctx(d), '.*x') %>
<% regex_match(null, 'N') %>
<% regex_search(ctx(s), 'c$') %>
<% regex_replace(ctx(s), 'b', 'X') %>
<% regex_replace(ctx(s), '(b)', '[\\1]') %>
<% regex_substring('a1b22', '[0-9]+') %>
<% regex_substring('a1b22', '[0-9]+', 1) %>
<% regex_substring('a1b22', '[0-9]+', resultIndex => 1) %>
<% regex_substring('a', '[0-9]+') %>
<% regex_substring('a1', '(a)(1)') %>
<% regex_match(ctx(s), '(') %>
<% ctx(s).regex_match('ab') %>
<% to_human_time_from_seconds(65) %>
<% to_human_time_from_seconds(true) %>
<% to_human_time_from_seconds(0.5) %>
<% to_human_time_from_seconds(x) %>
<% to_human_time_from_seconds(1000000000000) %>
<% use_none(null) %>
<% use_none(5) %>
<% use_none(ctx(l)) %>
<% basename(ctx(path)) %>
<% dirname(ctx(path)) %>
<% basename(5) %>
<% version_compare(ctx(ver), '1.2.4') %>
<% version_more_than(ctx(ver), '1.2.2') %>
<% version_less_than(ctx(ver), '1.2.2') %>
<% version_equal(ctx(ver), '1.2.3') %>
<% version_match(ctx(ver), '>=1.0.0') %>
<% version_match(ctx(ver), '1.2.3') %>
<% version_bump_major(ctx(ver)) %>
<% version_bump_minor(ctx(ver)) %>
<% version_bump_patch(ctx(ver)) %>
<% version_strip_patch(ctx(ver)) %>
<% version_compare('1.2', '1.2.3') %>
<% version_compare(5, '1.2.3') %>
<% version_compare(value => '1.2.3', pattern => '1.2.4') %>
<% decrypt_kv('x') %>
<% to_complex(1) %>
<% to_json_string() %>
{{ ctx('d') | to_json_string }}
{{ to_json_string(ctx('d'), indent=1) }}
{{ ctx('dd') | to_json_string(sort_keys=true) }}
{{ ctx('json') | from_json_string }}
{{ from_json_string(ctx('json')).k }}
{{ ctx('l') | json_dump }}
{{ '[1]' | json_parse }}
{{ 'a"b' | json_escape }}
{{ ctx('d') | json_escape }}
{{ ctx('dd') | jsonpath_query('[*].v') }}
{{ jsonpath_query(ctx('d'), '$..z') }}
{{ ctx('s') | regex_match('ab') }}
{{ regex_match(ctx('s'), 'AB', true) }}
{{ ctx('s') | regex_replace('b', 'X') }}
{{ ctx('s') | regex_search('z') }}
{{ 'a1b22' | regex_substring('[0-9]+', 1) }}
{{ 65 | to_human_time_from_seconds }}
{{ none | use_none }}
{{ ctx('path') | basename }}
{{ dirname(ctx('path')) }}
{{ ctx('ver') | version_bump_minor }}
{{ version_compare(ctx('ver'), '9.0.0') }}
{{ ctx('ver') | version_match('<2.0.0') }}
{{ 'x' | version_strip_patch }}
{{ 'x' | decrypt_kv }}
{{ 1 | to_complex }}
{{ decrypt_kv('x') }}
{{ version_compare('1.0.0') }}
{{ to_json_string(nope) }}
x{{ ctx('d') | to_json_string }}
""")
# each function in both languages: what it takes, edges and errors; arguments are written the same in both
BOTH = {
    "succeeded": ["", "1"], "failed": ["", "1"], "completed": ["", "'x'"],
    "json_escape": ["'a\"b'", "''", "1", "none_", "'\u00e9'", "[1]", ""],
    "use_none": ["none_", "''", "0", "'x'", "[1, none_]", "", "1, 2"],
    "to_yaml_string": ["{}", "[]", "[1, 'a', 1.0]", "none_", "'x: y'", "'\u00e9'", "[[1], 2]", ""],
    "from_yaml_string": ["'a: 1'", "''", "'[1, 2'", "'1.0'", "5", "none_", "'- x'", ""],
    "yaml_dump": ["'a'", "[]", "[none_, true]", "2.5", "'yes'", ""],
    "yaml_parse": ["'yes'", "'a: [1, null]'", "'\t'", "'~'", "1", ""],
    "regex_search": ["'abc', 'c'", "'abc', '^c'", "'abc', ''", "'', 'a'", "'ABC', 'b', true", "5, '5'", "none_, 'N'", "'a', '('", "'a'"],
    "regex_match": ["'abc', 'b'", "'abc', 'a.c'", "'', ''", "'ABC', 'a', true", "5, '5'", "none_, 'N'", "'a', '['", "'a'"],
    "regex_replace": ["'abc', 'b', '-'", "'abc', '(b)', '<\\\\1>'", "'', '', 'x'", "5, '5', '6'", "'a', '(', ''", "'a', 'a'", "'AbB', 'b', '', true", "none_, 'N', ''"],
    "regex_substring": ["'a1b2', '[0-9]'", "'a1b2', '[0-9]', 1", "'a1b2', '([a-z])([0-9])'", "'', 'a'", "'abc', 'b', -1", "'abc', 'b', 5", "'a', '('", "5, '5'", "'a'"],
    "version_compare": ["'1.2.3', '1.2.4'", "'1.2.3', '1.2.3-rc.1'", "'1.2', '1.2.0'", "'', '1.0.0'", "none_, '1.0.0'", "1.2, '1.2.0'", "'1.0.0'"],
    "version_more_than": ["'1.2.3', '1.2.2'", "'1.2.3', '1.2.3'", "'1.0.0', '1.0.0-a'", "'1', '1.0.0'", "none_, '1.0.0'", "'1.0.0'"],
    "version_less_than": ["'1.2.3', '1.2.4'", "'1.2.3', '1.2.3'", "'1.0.0-a', '1.0.0'", "'', '1.0.0'", "5, '1.0.0'", "'1.0.0'"],
    "version_equal": ["'1.2.3', '1.2.3'", "'1.2.3', '1.2.4'", "'1.0.0+a', '1.0.0+b'", "'1.0', '1.0'", "none_, none_", "'1.0.0'"],
    "version_match": ["'1.2.3', '>=1.0.0'", "'1.2.3', '!=1.2.3'", "'1.2.3', '1.2.3'", "'1.2.3', '~1.0.0'", "'x', '>1.0.0'", "'1.2.3', ''", "'1.2.3'"],
    "version_bump_major": ["'1.2.3'", "'1.2.3-rc.1'", "'0.0.0'", "'1.2'", "''", "none_", ""],
    "version_bump_minor": ["'1.2.3'", "'1.9.0+b'", "'0.0.0'", "'v1.2.3'", "5", ""],
    "version_bump_patch": ["'1.2.3'", "'1.2.3-rc.1'", "'0.0.0'", "'1.2.3.4'", "none_", ""],
    "version_strip_patch": ["'1.2.3'", "'1.2.3-rc.1'", "'0.0.0'", "'1'", "none_", ""],
    "basename": ["'/a/b.c'", "'/a/b/'", "''", "'b'", "none_", "5", ""],
    "dirname": ["'/a/b.c'", "'/a/b/'", "''", "'b'", "none_", "[1]", ""],
    "json_dump": ["[1, 'a', none_]", "''", "1.0", "none_", "'\u00e9'", "[1], 2", ""],
    "json_parse": ["'[1, 2.0]'", "''", "'nul'", "'\"a\"'", "5", "none_", ""],
    "from_json_string": ["'{\"a\": 1}'", "'[1,]'", "''", "'1e400'", "5", "none_", ""],
    "to_json_string": ["[1, 1.0, none_]", "'\u00e9'", "{}", "none_", "[1], 2", ""],
    "jsonpath_query": ["{}, 'a'", "[1, 2], '[0]'", "[], '$'", "none_, 'a'", "5, '$'", "[1], '['", "[1]"],
    "to_human_time_from_seconds": ["0", "65", "0.5", "-5", "none_", "'5'", "3600.4", ""],
}
for function, given in BOTH.items():
    for arguments in given:
        yaql_arguments, jinja_arguments = arguments.replace("none_", "null"), arguments.replace("none_", "none")
        context = "task" if function in ("succeeded", "failed", "completed") else "vars"
        record("<%% %s(%s) %%>" % (function, yaql_arguments), context)
        record("{{ %s(%s) }}" % (function, jinja_arguments), context)
        if arguments and context == "vars" and not arguments.startswith(("-", "[", "{")):
            first, _, rest = jinja_arguments.partition(", ")
            record("{{ %s | %s%s }}" % (first, function, "(%s)" % rest if rest else ""), context)
for function in ("succeeded", "failed", "completed"):
    for context in ("task3", "split", "vars", "empty"):
        record("<%% %s() %%>" % function, context)
        record("{{ %s() }}" % function, context)

# inspection and variables
for text in ["", "plain", "<% ctx(a) %>", "<% ctx(a %>", "<% 1 + %>", "x <% ) %> <% ok %> <% __x %>", "<% %>", "{{ ctx('a') }}", "{{ ctx('a' }}", "{{ 1 + }}", "a {{ x }} b {{ y z }}", "{% if x %}", "{% if x %}{{ y }}{% endif %}", "{% endif %}", "{{ x | nofilter }}", "<% a %> {{ b }}", "{{ a", "{{ {'a': {'b': 1}} }}", "{{ '}}' }}", "line\n{{ 1 + }}", "line\n<% 1 + %>", "<% nofunc() %>", "<% a b %>", "<% 'x %>", "{{ }}", "{% raw %}{{ 1 + }}{% endraw %}", "<% f(a => 1, 2) %>", "{{ a.b.c }} {{ a..b }}", "{{ x y }}"]:
    inspect(text)
inspect({"<% 1 + %>": ["{{ 1 + }}", {"x": "<% ( %>"}], "ok": 5})
for text in ["<% ctx().a %>", "<% ctx(a) %>", "<% ctx('a') %>", '<% ctx("a") %>', "{{ ctx().a }}", "{{ ctx('a') }} {{ ctx(\"b\") }}", "<% ctx().a.b.c %>", "<% ctx().a + ctx(b) %>", "<% ctx().get(a) %>", "<% ctx().keys() %>", "<% ctx().a-b %>", "<% ctx(a-b) %>", "<% xctx(a) %>", "<% ctx( a ) %>", "<% ctx(a).where($.x = ctx(b)) %>", "<% ctx(ctx(a)) %>", "<% ctx() %>", "text ctx(a)", "<% f(ctx(a), ctx().b) %>", "<% ctx().a %> and {{ ctx().b }}", "{% if ctx('a') %}{{ ctx('b') }}{% endif %}", "<% ctx().a.len() %>", "<% ctx().a() %>", "<% ctx(a).b.ctx(c) %>", "<% ctx().__x %>", "<% ctx(a)\n + ctx(b) %>", "<% ctx(a) + ctx(a) %>", "<% ctx().x[ctx().y] %>", "<% ctx()['a'] %>", "{{ ctx()['a'] }}", "<% ctx(1) %>", "<% CTX(a) %>", "<% item(ctx(a)) %>", "<% ctx().a,ctx().b %>"]:
    variables(text)
variables({"<% ctx(k) %>": ["<% ctx(b) %>", {"x": "{{ ctx('c') }}"}], "n": 5})

print('{"recorded_with": "Orquesta with yaql 3.2.0, Jinja2 %s, Python %s", "contexts": ' % (jinja2.__version__, sys.version.split()[0]) + json.dumps({k: encode(v) for k, v in CONTEXTS.items()}) + ', "cases": [')
unique = list({json.dumps([one["kind"], one["statement"], one["context"]]): one for one in CASES}.values())
for one in unique:
    if not isinstance(one["statement"], str):
        one["statement"] = encode(one["statement"])
print(",\n".join(json.dumps(one) for one in unique))
print("]}")
print(len(unique), file=sys.stderr)
