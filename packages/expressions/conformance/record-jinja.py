"""Records what Jinja2 3.1.6 answers beyond the core: python3 record-jinja.py > jinja-full.json (needs jinja2==3.1.6, markupsafe 3)

The format is that of record.py. The filter random gets its choice from the value 0.5, so that it can be repeated.
"""
import copy
import json
import re
import sys
import types

import jinja2
from jinja2 import filters
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

filters.random.choice = lambda seq: seq[int(0.5 * len(seq))] if len(seq) else [][0]
ADDRESS = re.compile(r"(?<=at )0x[0-9a-f]{6,}")
ENVIRONMENTS = {
    "strict": SandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True),
    "lenient": SandboxedEnvironment(undefined=jinja2.Undefined, trim_blocks=True, lstrip_blocks=True),
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
CONTEXT = {
    "name": "web-01", "text": "The quick brown fox", "n": 7, "pi": 3.14159, "zero": 0, "yes": True, "no": False, "nothing": None, "empty": "",
    "nums": [3, 1, 2], "words": ["pear", "Apple", "fig"], "mixed": [1, "a", None, 2.5, True], "none_list": [], "html": "<b class=\"x\">a & b's</b>", "uni": "h\u00e9llo \u4e16\u754c", "emoji": "\U0001f600!",
    "d": {"k": "v", "items": "shadow", "num": 5, "deep": {"er": {"est": "x"}}, "a b": 1, "_private": 2},
    "people": [{"name": "bo", "age": 30, "tags": ["x"]}, {"name": "Al", "age": 25, "tags": []}, {"name": "cy", "age": 30, "tags": ["y", "z"]}],
    "tree": [{"v": 1, "kids": [{"v": 2, "kids": []}, {"v": 3, "kids": [{"v": 4, "kids": []}]}]}, {"v": 5, "kids": []}],
    "multi": "first line\n\nsecond line here\n  third", "long": "The quick brown fox jumps over the lazy dog. Pack my box with five dozen liquor jugs, how vexingly quick daft zebras jump!",
    "links": "see http://example.com/a?b=1&c=2, www.test.org or mail me@here.net. (https://x.io/y_(z)) end", "big": 2**70, "path": "/a b/c?d=e&f",
}


def record(kind, source, mode, context, run):
    try:
        outcome = {"result": run()}
    except jinja2.TemplateSyntaxError as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", error.message)]}
    except Exception as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", str(error))]}
    CASES.append({"kind": kind, "source": source, "undefined": mode, "context": "shared", **outcome})


def lines(text):
    return [line.replace("\\N", "\n") for line in text.strip("\n").split("\n") if line.strip() and not line.startswith("## ")]


def text(block, mode="strict"):
    for source in lines(block):
        record("template", source, mode, CONTEXT, lambda: ADDRESS.sub("0x7f0000000000", ENVIRONMENTS[mode].from_string(source).render(copy.deepcopy(CONTEXT))))


def native(block, mode="strict"):
    for source in lines(block):
        record("expression", source, mode, CONTEXT, lambda: encode(ENVIRONMENTS[mode].compile_expression(source, undefined_to_none=False)(copy.deepcopy(CONTEXT))))


def names(block):
    for source in lines(block):
        record("names", source, "strict", {}, lambda: sorted(find_undeclared_variables(ENVIRONMENTS["strict"].parse(source))))


def each(template, values):
    text("\n".join(template.replace("@", value) for value in values.split(" ; ")))


text(r"""
## macros
{% macro m() %}x{% endmacro %}{{ m() }}{{ m() }}
{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(1) }}{{ m('b') }}{{ m(a=2) }}
{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(b=5, a=4) }}
{% macro m(a, b=a) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}
{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, b=2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}
{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1, 2) }} {{ m() }}
{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}
{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(x=1) }} {{ m() }}
{% macro m(a) %}{{ kwargs | dictsort }}{{ varargs | list }}{% endmacro %}{{ m(1, 2, z=1, b=2) }}
{% macro m() %}{{ caller }}{% endmacro %}{{ m() }}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}in{% endcall %}
{% macro m(l) %}{% for x in l %}{{ caller(x) }},{% endfor %}{% endmacro %}{% call(v) m(nums) %}v{{ v }}{% endcall %}
{% macro m() %}{{ caller(1, 2) }}{% endmacro %}{% call(a, b=5) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(a, b=5) m() %}{{ a }}{{ b }}{% endcall %}
{% macro m() %}x{% endmacro %}{% call m() %}y{% endcall %}
{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}
{% macro m(caller=none) %}{{ caller }}{% endmacro %}{{ m() }}
{% macro m(caller=none) %}{{ caller() }}{% endmacro %}{% call m() %}z{% endcall %}
{% macro m(a, b=1, c) %}{% endmacro %}
{% macro m(1) %}{% endmacro %}
{% macro m %}{% endmacro %}
{% macro %}{% endmacro %}
{% macro m() %}x
{% macro true() %}{% endmacro %}
{% macro m() %}{{ name }}{{ n }}{% endmacro %}{{ m() }}
{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}
{% macro m() %}{% set q = 1 %}{{ q }}{% endmacro %}{{ m() }}{{ q is defined }}
{% for x in nums %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% endfor %}
{% for x in nums %}{% macro m() %}{{ x }}{% endmacro %}{% endfor %}{{ m is defined }}
{% macro f(n) %}{{ n }}{% if n > 1 %} {{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(4) }}
{% macro a() %}A{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}
{% macro m() %}{{ undefinedname }}{% endmacro %}ok
{% macro m() %}{{ undefinedname }}{% endmacro %}{{ m() }}
{% macro m() %}x{% endmacro %}{{ m }}
{% macro m(a, b=1) %}x{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.catch_varargs }} {{ m.caller }}
{% macro m(a) %}{{ caller() }}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m.catch_kwargs }} {{ m.catch_varargs }} {{ m.caller }}
{% macro m() %}x{% endmacro %}{{ m.nope }}
{% macro m() %}x{% endmacro %}{{ m._func }}
{% macro m() %}x{% endmacro %}{{ m.__class__ }}
{% macro m() %} x {% endmacro %}{{ m() | trim | upper }}|{{ m() | length }}
{% macro m() %}x{% endmacro %}{{ m() ~ m() + 'y' }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ [1, 2] | map('string') | join }}{{ m(nums | first) }}
{% macro m(*a) %}{% endmacro %}
{% macro m(a,) %}{{ a }}{% endmacro %}{{ m(1) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*[5]) }}{{ m(**{'a': 6}) }}
{% macro m() %}{{ caller('x') }}{% endmacro %}{% call(a) m() %}{{ a }}{{ name }}{% endcall %}
{% call m() %}{% endcall %}
{% call 5 %}{% endcall %}
{% call name %}{% endcall %}
{% call range(3) %}{% endcall %}
{% macro m() %}{{ caller.name }}|{{ caller }}{% endmacro %}{% call m() %}{% endcall %}
{% macro outer() %}[{{ caller() }}]{% endmacro %}{% macro inner() %}({{ caller() }}){% endmacro %}{% call outer() %}{% call inner() %}x{% endcall %}{% endcall %}
{% macro m(x) %}{% if x %}{{ x }}{% else %}none{% endif %}{% endmacro %}{{ m(0) }}{{ m(1) }}
{% macro m() -%}  x  {%- endmacro %}[{{ m() }}]
{% macro input(name, value='', type='text') -%}<input type="{{ type }}" value="{{ value | e }}" name="{{ name }}">{%- endmacro %}{{ input('u', '<x>') }}
{% macro m(a, a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a=undefd) %}{{ a is defined }}{% endmacro %}{{ m() }}
{% if yes %}{% macro m() %}cond{% endmacro %}{% endif %}{{ m() }}
{% if no %}{% macro m() %}cond{% endmacro %}{% endif %}{{ m() }}
## filter blocks
{% filter upper %}abc{{ name }}{% endfilter %}
{% filter upper | replace('A', 'x') %}abc{% endfilter %}
{% filter replace('a', 'b') %}banana{% endfilter %}
{% filter trim %}  x {% endfilter %}|
{% filter length %}abc{% endfilter %}
{% filter escape %}<a>{% endfilter %}
{% filter indent(2) %}a\Nb{% endfilter %}
{% filter nofilter %}x{% endfilter %}
{% filter %}x{% endfilter %}
{% filter upper %}x
{% filter center(7) %}x{% endfilter %}|
{% filter default('x') %}{% endfilter %}
{% filter upper %}{% for x in words %}{{ x }} {% endfor %}{% endfilter %}
{% filter upper %}{% set q = 1 %}{{ q }}{% endfilter %}{{ q is defined }}
{% filter list %}ab{% endfilter %}
{% filter title %}{% filter lower %}ABC DEF{% endfilter %}{% endfilter %}
{% filter wordcount %}a b{% endfilter %}
{% filter join('-') %}abc{% endfilter %}
## with
{% with %}x{% endwith %}
{% with a=1 %}{{ a }}{% endwith %}{{ a is defined }}
{% with a=1, b=2 %}{{ a }}{{ b }}{% endwith %}
{% with a=1, b=a %}{{ b }}{% endwith %}
{% set a = 5 %}{% with a=1, b=a %}{{ a }}{{ b }}{% endwith %}{{ a }}
{% with n=n+1 %}{{ n }}{% endwith %}{{ n }}
{% with a, b = (1, 2) %}{{ a }}{{ b }}{% endwith %}
{% with (a, b) = (1, 2) %}{{ a }}{{ b }}{% endwith %}
{% with a %}{% endwith %}
{% with a= %}{% endwith %}
{% with 1=2 %}{% endwith %}
{% with a=1 %}x
{% with a=1 %}{% set b = a %}{{ b }}{% endwith %}{{ b is defined }}
{% with a=1 %}{% with b=a %}{{ a + b }}{% endwith %}{% endwith %}
{% with a=undefinedname %}{{ a is defined }}{% endwith %}
{% with a=1, %}{{ a }}{% endwith %}
{% for x in nums %}{% with y=x*2 %}{{ y }}{% endwith %}{% endfor %}
## set blocks
{% set x %}a{{ n }}{% endset %}[{{ x }}]
{% set x | upper %}abc{% endset %}{{ x }}
{% set x | upper | replace('B', '-') %}abc{% endset %}{{ x }}
{% set x | length %}abc{% endset %}{{ x + 1 }}
{% set x | trim %}  abc  {% endset %}[{{ x }}]
{% set x | nofilter %}abc{% endset %}
{% set x | e %}<{% endset %}{{ [x] }}
{% set a, b %}x{% endset %}
{% set ns = namespace() %}{% set ns.x %}v{% endset %}{{ ns.x }}
{% set ns = namespace() %}{% set ns.x | upper %}v{% endset %}{{ ns.x }}
{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y is defined }}
{% set x | %}{% endset %}
{% set x | default('z') %}{% endset %}[{{ x }}]
{% set ns = namespace(a=1, b=2) %}{{ ns }}{{ ns.a }}{{ ns.zz is defined }}
{% set ns = namespace({'a': 1}, b=3) %}{{ ns.a }}{{ ns.b }}
{% set ns = namespace([('q', 1)]) %}{{ ns.q }}
{% set ns = namespace(1) %}
{% set d.x = 1 %}
{% set n.x = 1 %}
{% set x = 1, 2 %}{{ x }}
{% set x, y = 1, 2 %}{{ x }}{{ y }}
{% set x, y = [1] %}
## print
{% print 1 %}
{% print 1, 'a', nums %}
{% print %}
{% print missing %}
{% print 1 2 %}
## recursive loops
{% for x in tree recursive %}{{ x.v }}{% if x.kids %}({{ loop(x.kids) }}){% endif %}{% endfor %}
{% for x in tree recursive %}{{ loop.depth }}{{ loop.depth0 }}{{ x.v }} {{ loop(x.kids) }}{% endfor %}
{% for x in tree recursive %}{{ loop.index }}/{{ loop.length }}{{ loop(x.kids) }};{% else %}-{% endfor %}
{% for x in tree if x.v > 1 recursive %}{{ x.v }}{{ loop(x.kids) }}{% endfor %}
{% for x in tree %}{{ loop(x.kids) }}{% endfor %}
{% for x in tree recursive %}{{ loop() }}{% endfor %}
{% for x in tree recursive %}{{ loop(5) }}{% endfor %}
{% for x in tree recursive %}{{ loop(x.kids) | upper }}{{ x.v }}{% endfor %}
{% for x in tree recursive %}[{{ x.v }}{% for y in x.kids %}{{ y.v }}{% endfor %}{{ loop(x.kids) }}]{% endfor %}
{% for x in nums recursive %}{{ loop }}{% endfor %}
{% for x in [[1, [2]], 3] recursive %}{% if x is iterable %}<{{ loop(x) }}>{% else %}{{ x }}{% endif %}{% endfor %}
{% for x in nums recursive %}{% set q = loop %}{% endfor %}{{ q is defined }}
## autoescape
{% autoescape true %}{{ '<' }}{% endautoescape %}{{ '<' }}
{% autoescape false %}{{ '<' }}{% endautoescape %}
{% autoescape true %}{{ html }}{% endautoescape %}
{% autoescape true %}{{ html | safe }}{% endautoescape %}
{% autoescape true %}{{ html | e }}{% endautoescape %}
{% autoescape true %}{{ nothing }}{{ n }}{{ ['<'] }}{% endautoescape %}
{% autoescape true %}<raw>{{ '<' ~ '>' }}{% endautoescape %}
{% autoescape true %}{{ ('<' | safe) ~ '<' }}{% endautoescape %}
{{ ('<' | safe) ~ '<' }}
{% autoescape true %}{% set x %}<{{ '<' }}{% endset %}{{ x }}{% endautoescape %}{{ [x] | length if x is defined else 'gone' }}
{% autoescape true %}{% filter upper %}<a>{{ '<' }}{% endfilter %}{% endautoescape %}
{% macro m() %}<{{ '<' }}>{% endmacro %}{% autoescape true %}{{ m() }}{% endautoescape %}{{ m() }}
{% autoescape true %}{% macro m() %}<{{ '<' }}>{% endmacro %}{{ m() }}{% endautoescape %}
{% autoescape true %}{{ ['<', '>'] | join('&') }}{% endautoescape %}
{% autoescape true %}{{ ['<', '>' | safe] | join('&') }}{% endautoescape %}
{% autoescape true %}{{ ['<', '>'] | join('&' | safe) }}{% endautoescape %}
{% autoescape true %}{{ '<a>' | replace('a', '<') }}{% endautoescape %}
{% autoescape true %}{{ '<a>' | safe | replace('a', '<') }}{% endautoescape %}
{% autoescape true %}{{ '<a>' | replace('a', '<' | safe) }}{% endautoescape %}
{% autoescape true %}{{ '<a>' | replace('<' | safe, 'x') }}{% endautoescape %}
{% autoescape true %}{{ {'a': '<'} | tojson }}{% endautoescape %}
{% autoescape true %}{{ {'a': '<'} | xmlattr }}{% endautoescape %}
{% autoescape true %}{{ 'http://x.com <' | urlize }}{% endautoescape %}
{% autoescape yes %}{{ '<' }}{% endautoescape %}
{% autoescape yes %}{{ html }}{% endautoescape %}
{% autoescape no %}{{ html }}{% endautoescape %}
{% autoescape true %}{{ (html | safe) ~ html }}{% endautoescape %}
{% autoescape true %}{{ html ~ text }}{% endautoescape %}
{% for x in nums %}{{ later }}{% endfor %}{% set later = 1 %}
{{ 5 | indent }}
{{ none | indent }}
{{ nums | truncate(1, leeway=0) }}
{{ nums | truncate }}
{{ n.real }}{{ pi.imag }}{{ n.denominator }}{{ yes.real }}
{% autoescape no %}{{ '<' }}{% endautoescape %}
{% autoescape true %}{% autoescape false %}{{ '<' }}{% endautoescape %}{{ '<' }}{% endautoescape %}
{% autoescape true %}{{ '<' | upper }}{{ '<' | e | upper }}{% endautoescape %}
{% autoescape true %}{{ '<' if yes }}{{ '<' if no }}{% endautoescape %}
{% autoescape %}x{% endautoescape %}
{% autoescape true %}{% for x in ['<'] %}{{ x }}{% endfor %}{% endautoescape %}
{% autoescape true %}{% for x in ['<'] recursive %}{{ x }}{{ loop([]) }}{% endfor %}{% endautoescape %}
{% autoescape true %}{% print '<' %}{% endautoescape %}
{% autoescape true %}{% call m() %}{% endcall %}{% endautoescape %}
## other templates
{% include 'x' %}
{% include name %}
{% include ['a', 'b'] %}
{% include [] %}
{% include missing %}
{% include 5 %}
{% include 'x' ignore missing %}
{% include 'x' ignore missing with context %}
{% include 'x' without context %}
{% include %}
{% if no %}{% include 'x' %}{% endif %}ok
{% extends 'x' %}
{% extends missing %}
{% if no %}{% extends 'x' %}{% endif %}ok
{% for x in nums %}{% extends 'x' %}{% endfor %}
{% import 'x' as y %}
{% import 'x' %}
{% import 'x' as y with context %}
{% from 'x' import a %}
{% from 'x' import a as b, c with context %}
{% from 'x' import _a %}
{% from 'x' import %}
{% from 'x' %}
{% block a %}x{% endblock %}
{% block a %}x{% endblock a %}
{% block a %}{{ name }}{% endblock %}
{% block a %}x{% endblock %}{{ self.a() }}
{{ self.a() }}{% block a %}x{% endblock %}
{% block a %}x{% endblock %}{% block a %}y{% endblock %}
{% block a %}{% block b %}y{% endblock %}z{% endblock %}
{% set q = 1 %}{% block a %}{{ q }}{% endblock %}
{% for x in nums %}{% block a %}{{ x is defined }}{% endblock %}{% endfor %}
{% for x in nums %}{% block a scoped %}{{ x }}{% endblock %}{% endfor %}
{% block a %}{{ super() }}{% endblock %}
{% block a required %}{% endblock %}
{% block a required %}x{% endblock %}
{% block a-b %}{% endblock %}
{% block %}{% endblock %}
{% block a %}x
{{ self.nope() }}{% block a %}{% endblock %}
{{ self }}
{{ self.a }}{% block a %}x{% endblock %}
{% block a %}{% set z = 1 %}{% endblock %}{{ z is defined }}
{% block a %}{{ '<' }}{% endblock %}
## globals
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.reset() }}{{ c.current }}{{ c.pos }}{{ c.items }}
{% set c = cycler('x') %}{% for i in nums %}{{ c.next() }}{% endfor %}
{{ cycler() }}
{{ cycler('a').nope }}
{{ cycler('a') }}
{% set j = joiner() %}{% for x in nums %}{{ j() }}{{ x }}{% endfor %}
{% set j = joiner('|') %}{{ j() }}{{ j() }}{{ j() }}
{% set j = joiner(sep=5) %}{{ j() }}{{ j() }}
{{ joiner(1, 2) }}
{{ joiner('x').sep }}{{ joiner().used }}
{{ dict(a=1) }}{{ dict() }}{{ dict({'b': 2}, c=3) }}{{ dict([('x', 1)]) }}
{{ dict(1) }}
{{ range(5) }}{{ range(1, 5, 2) | list }}{{ range(5, 0, -1) | list }}{{ range(0) | list }}
{{ range() }}
{{ range(1.5) }}
{{ range('3') }}
{{ range(100000) | length }}
{{ range(100001) }}
{{ range(3)[1] }}{{ range(3)[-1] }}{{ 2 in range(3) }}{{ range(3) == range(0, 3) }}{{ range(10)[2:4] | list }}
{{ namespace }}
{{ lipsum is callable }}{{ range is callable }}{{ name is callable }}{{ joiner() is callable }}{{ cycler('a') is callable }}
""")

# filters: html
each("{{ @ | e }}", "'<a href=\"x\">' ; \"it's\" ; '&amp;' ; 5 ; none ; true ; ['<'] ; {'a': '<'} ; '' ; html ; missing ; 1.5")
each("{{ [@ | e] }}", "'<' ; 'plain' ; 5 ; '<' | safe ; '<' | e ; uni")
each("{{ [@ | safe] }}", "'<' ; 5 ; none ; [1] ; '<' | e")
each("{{ @ | forceescape }}", "'<' ; '<' | e ; '<' | safe ; 5 ; ['<']")
each("{{ [@] }}", "('<' | e) + '<' ; '<' + ('<' | e) ; ('<' | e) * 2 ; 2 * ('<' | e) ; ('<%s>' | safe) % '<' ; ('%s %s' | safe) % ('<', 5) ; ('%(a)s' | safe) % {'a': '<'} ; ('%d' | safe) % 5 ; ('a' | e) == 'a' ; 'a' == ('a' | e) ; ('a' | e) ~ '<' ; ('<' | e)[0] ; ('<x' | e)[1:3] ; ('a' | e) in ['a'] ; 'l' in ('<' | e) ; ('<' | e) | length ; ('<' | e) | upper ; ('<' | e) | lower ; ('<A' | e) | capitalize ; ('<a b' | e) | title ; (' <' | e) | trim ; ('<' | e) | replace('&', '<') ; ('a' | e) | center(5) ; ('<' | e) | list ; ('<' | e) | string ; ('<' | e) | reverse ; ('<' | e) | default('x') ; ('a,b' | e).split(',') ; ('a' | e).upper() ; ('<' | e).join(['<', 'x']) ; ('{}' | safe).format('<') ; ('{0}{a}' | safe).format('<', a=('>' | safe)) ; ('a' | e).replace('a', '<') ; ('a-b' | e).partition('-') ; ('a' | e).startswith('a') ; ('a' | e).isupper() ; ('<b>x</b>' | safe).striptags() ; ('&lt;' | safe).unescape() ; ('a' | e).center(3, '<') ; ('a' | e).nope ; ('a' | e).__html__ ; ('a' | e) | int ; ('5' | e) | int ; ('<%s' | safe) | format('<') ; ('x' | e) is string ; ('x' | e) is escaped ; 'x' is escaped ; ('a' | e) < 'b' ; ('a' | e) + 5 ; 5 + ('a' | e) ; ('a' | e) and 1 ; ('' | e) or 2 ; not ('' | e) ; {'k': 'a' | e} ; ('a' | e) | tojson ; ['a' | e] | tojson ; ('a' | e,) ; ['b' | e, 'a'] | sort ; ('ab' | e) | first ; ('ab' | e) | last ; ('<\\na' | e) | indent(1, true) ; ('aaaa bbbb' | e) | truncate(5, leeway=0)")
each("{{ @ | striptags }}", "'<b>x</b> y' ; 'a <!-- c <b> --> b' ; '<b' ; 'a   b\\n c' ; '&lt;x&gt; &amp;' ; '&eacute;&nbsp;x' ; '&#65;&#x42;' ; '&notit; &notin;' ; '&bogus; &' ; 5 ; none ; '<b>&lt;i&gt;</b>' ; '<a>' ; '' ; '&#0;&#128;&#xD800;' ; 'a<b>c</b>d' ; '&copy2021' ; 'x < y > z' ; html | e")
each("{{ @ | xmlattr }}", "{'class': 'a', 'id': 1} ; {} ; {'a': none, 'b': 2} ; {'a': missing} ; {'x y': 1} ; {'a>': 1} ; {'a': '<\"'} ; {'a': '<' | safe} ; nums ; 'x' ; {1: 2} ; {'a': true} ; missing ; {'a/b': 1} ; {'a=b': 1} ; {'<': 1}")
each("[{{ @ }}]", "{'a': 1} | xmlattr(false) ; {'a': 1} | xmlattr(true) ; {} | xmlattr(true) ; {'a': 1} | xmlattr(autospace=false) ; {'a': 1} | xmlattr(1, 2)")
each("{{ @ | urlencode }}", "'a b' ; 'a/b' ; '/?=&' ; uni ; emoji ; path ; {'a': 1, 'b c': 'd/e'} ; [('a', 1), ('b', 'x y')] ; [] ; {} ; 5 ; none ; true ; 1.5 ; \"!'()*~-._\" ; [1] ; ['abc'] ; ['ab'] ; missing ; '%' ; {'k': none}")
each("{{ @ | urlize }}", "links ; 'http://example.com' ; 'www.example.com' ; 'example.com' ; 'example.xyz' ; 'foo@bar.com' ; 'mailto:foo@bar.com' ; '(http://a.com)' ; 'http://a.com/x(y)' ; '<http://a.com>' ; 'http://a.com.' ; 'http://a.com,' ; 'ftp://a.com' ; 'http://1.2.3.4:80/x' ; 'http://[::1]/' ; 'HTTPS://A.COM' ; 'no links' ; '' ; 5 ; 'http://localhost' ; '@a@b.com' ; 'a@b' ; 'www.a@b.com' ; 'http://a.com\\nhttp://b.org' ; 'http://b\u00fccher.de' ; 'a.com/x?y=<z>' ; '((http://a.com))' ; 'http://a.com?x=1&y=2' ; 'https://' ; 'x.gov' ; none ; 'http://a.com' | e")
each("{{ 'see http://example.com/long/path tel:123' | urlize(@) }}", "10 ; nofollow=true ; target='_blank' ; rel='me you' ; 10, true ; rel='noopener nofollow' ; extra_schemes=['tel:'] ; extra_schemes=['x'] ; extra_schemes=[5] ; trim_url_limit='a' ; target='\"' ; 0 ; none, false, none, 'z a'")
# filters: values
each("{{ @ }}", "d | attr('k') ; d | attr('items') ; 'a' | attr('upper') ; ('a' | attr('upper'))() ; 'a' | attr('__class__') ; nums | attr('count') ; n | attr('real') is defined ; none | attr('x') ; missing | attr('x') ; d | attr(5) ; d | attr ; d | attr('k', 'x') ; (d | attr('k')) is defined ; (d | attr('keys'))() | list ; namespace(x=1) | attr('x') ; nums | map('attr', 'append') | list ; d.deep | attr('er') | default('none')")
each("{{ @ | filesizeformat }}", "0 ; 1 ; 2 ; 999 ; 1000 ; 1024 ; 1500 ; 999999 ; 1000000 ; 1e9 ; 1.5e12 ; 1e15 ; 1e18 ; 1e21 ; 1e24 ; 1e27 ; 1e30 ; '1000' ; 'x' ; -5 ; -5000 ; 1.7 ; none ; [] ; true ; missing ; big ; 'inf' ; 'nan' ; 12345678")
each("{{ @ | filesizeformat(true) }}", "0 ; 1 ; 1000 ; 1024 ; 1536 ; 1048576 ; 1073741824 ; 1e15 ; 1e30 ; '2048'")
each("{{ @ | pprint }}", "'x' ; 5 ; none ; nums ; d ; {} ; [] ; () ; (1,) ; 'a' * 100 ; ('word ' * 30) ; ('word ' * 30).split() ; people ; {'b': 1, 'a': 2} ; {'k': ('word ' * 20)} ; [('word ' * 20)] ; ('abc ' * 25,) ; range(3) ; range(40) | list ; tree ; [[1] * 30] * 3 ; {'x' * 50: 'y' * 50} ; multi ; (multi ~ '\\n') * 4 ; missing ; [missing] ; {1: 'a', 'b': 2} ; uni * 20 ; {'a': {'b': {'c': range(30) | list}}} ; ['x' * 90, 1] ; ('x' * 90, ) ; ('a' | e) ; long ; [long, long] ; {'k': long} ; true ; 1.0 ; {'outer key here': [{'inner': 'value number one'}, {'inner': 'value number two'}, {'inner': 'three'}]}")
each("{{ @ | random }}", "nums ; words ; 'abc' ; [] ; '' ; 5 ; none ; range(9) ; missing ; (1, 2) ; words | map('upper') ; none_list | default('x')")
native(r"""
[] | random
nums | random
html | e
('<' | e) ~ 'x'
'x' | safe
d | tojson
1 | pprint
nums | pprint
'a' | attr('upper')
d | items | list
d | items
'http://a.com' | urlize
1536 | filesizeformat
long | wordwrap(20)
'a b' | urlencode
{'a': 1} | xmlattr
'<b>x</b>' | striptags
cycler('a', 'b')
joiner()
namespace(a=1)
dict(a=1)
range
('a' | e).split('x')
""")
# wordwrap
each("{{ long | wordwrap(@) }}", "20 ; 10 ; 40 ; 200 ; 1 ; 5, false ; 0 ; -1 ; 20, wrapstring='|' ; 20, true, '<br>' ; width=15 ; 'x' ; 15, break_on_hyphens=false ; 7, false, '+'")
each("{{ @ | wordwrap(10) }}", "multi ; '' ; 'a' ; 'well-known co-operative re-entry' ; 'supercalifragilistic' ; 'a-b-c-d-e-f-g-h' ; 'x--y--z and -- more' ; 'http://example.com/long/path' ; '  leading spaces here' ; 'trailing spaces      ' ; 'a\\n\\nb' ; 'tabs\\tare here and there' ; '-----------------' ; uni * 3 ; emoji * 8 ; 'one  two   three' ; 5 ; none ; '\u4e16\u754c' * 10 ; 'foo--------bar' ; 'e-mail x-ray A-1 b-b-b' ; missing ; ('a b ' | e) * 5 ; 'non-\\nbreaking' ; 'a.b,c!d?e&f' ; \"'quoted-word' 'x-yz-ab'\"")
each("{{ 'abcdefgh-ijklmnop qrs' | wordwrap(@) }}", "5 ; 9 ; 10 ; 12, false ; 9, true, none, false ; 8 ; 3")
# other filters in their corners
each("{{ @ }}", "nums | batch(2) | list ; nums | batch(2, 'x') | list ; nums | batch(0) | list ; nums | slice(2) | list ; nums | slice(2, 'x') | list ; [] | batch(2) | list ; [] | slice(2) | list ; nums | batch | list ; 'abcde' | batch(2) | map('join') | list ; nums | batch(linecount=2, fill_with=0) | list ; nums | slice(5) | list ; nums | slice(5, '-') | list ; d | batch(4) | list ; 5 | batch(2) | list ; nums | batch('a') | list")
each("{{ @ }}", "people | groupby('age') | list ; people | groupby('age') | map(attribute='grouper') | list ; people | groupby('zz') | list ; people | groupby('zz', default=0) | list ; people | groupby(attribute='name') | map('first') | list ; ['a', 'B', 'A'] | groupby(0) | list ; ['a', 'B', 'A'] | groupby(0, case_sensitive=true) | list ; people | groupby('tags.0', default='-') | map('first') | list ; [] | groupby('x') ; people | groupby('age') | first ; (people | groupby('age') | first).list | length ; people | groupby ; nums | groupby('x') | list ; mixed | groupby('real') | list")
each("{{ @ }}", "d | dictsort ; {'b': 1, 'A': 2} | dictsort ; {'b': 1, 'A': 2} | dictsort(true) ; {'b': 1, 'A': 2} | dictsort(by='value') ; {'b': 1, 'A': 2} | dictsort(reverse=true) ; {'b': 1} | dictsort(by='x') ; nums | dictsort ; {1: 2, 'a': 3} | dictsort ; {} | dictsort ; {'a': 'B', 'b': 'a'} | dictsort(false, 'value') ; d | items | list ; nums | items | list ; missing | items | list ; {} | items | list ; 'x' | items | list")
each("{{ @ }}", "nums | sum ; [] | sum ; nums | sum(start=10) ; people | sum('age') ; people | sum(attribute='age', start=1.5) ; words | sum ; [[1], [2]] | sum(start=[]) ; [1, none] | sum ; people | sum('zz') ; 5 | sum ; nums | min ; nums | max ; [] | min ; words | min ; words | max(true) ; people | max(attribute='age') ; people | min('x', 'age') ; mixed | max ; words | map('length') | max ; [1, 1.0, true] | max ; [[1, 2], [1, 3]] | max ; d | min ; 5 | max ; [missing] | min")
each("{{ @ }}", "nums | map('string') | list ; words | map('upper') | join('-') ; people | map(attribute='name') | list ; people | map(attribute='zz', default='?') | list ; people | map(attribute='tags.0', default='-') | list ; nums | map ; nums | map('nofilter') | list ; nums | map(attribute='x', y=1) | list ; words | map('replace', 'p', 'P') | list ; words | map('truncate', length=3, leeway=0) | list ; [[1, 2]] | map('sum') | list ; [[1, 2]] | map('join', ',') | list ; none | map('upper') | list ; 'abc' | map('upper') | join ; d | map('upper') | join ; 5 | map('string') | list ; nums | map(5) | list ; nums | map('e') | list ; nums | map('default', 'x') | list ; [none] | map('default', 'x', true) | list ; [3, 1] | map('float') | list ; ['1', 'x'] | map('int', default=7) | list")
each("{{ @ }}", "nums | select | list ; mixed | select | list ; nums | select('odd') | list ; nums | select('gt', 1) | list ; nums | select('>', 1) | list ; nums | select('==', 1) | list ; mixed | select('string') | list ; nums | reject('odd') | list ; mixed | reject('none') | list ; mixed | reject | list ; people | selectattr('age', 'gt', 26) | map(attribute='name') | list ; people | selectattr('tags') | list | length ; people | rejectattr('tags') | map(attribute='name') | list ; people | selectattr('zz') | list ; people | selectattr('zz', 'defined') | list ; people | rejectattr('zz', 'undefined') | list ; people | selectattr('name', 'in', ['bo', 'cy']) | map(attribute='name') | join ; nums | select('nope') | list ; people | selectattr | list ; nums | select('divisibleby', 2) | list ; words | select('lower') | list ; nums | select('in', [1, 2]) | list ; mixed | select('number') | list ; mixed | select('sameas', true) | list ; people | selectattr('tags', 'sequence') | list | length ; 'aBc' | select('upper') | join ; words | select('eq', 'fig') | first ; people | selectattr('age', 'equalto', 30) | map(attribute='name') | list ; people | selectattr('name', 'match', 'x') | list")
each("{{ @ }}", "'a\\nb' | indent ; 'a\\nb' | indent(2) ; 'a\\n\\nb' | indent(2) ; 'a\\n\\nb' | indent(2, blank=true) ; 'a\\nb' | indent(2, true) ; 'a\\nb' | indent('> ') ; 'a' | indent(0) ; '' | indent(2, true) ; 'a\\nb' | indent(width=1, first=true) ; 'a\\n' | indent(2) ~ '|' ; 'a\\nb' | indent(-1) ; 'a\\r\\nb' | indent(1) ; 'a\\nb' | indent(none) ; 'x' | center(5) ~ '|' ; 'x' | center ~ '|' ; 'xy' | center(5) ~ '|' ; 'abc' | center(2) ; 5 | center(3) ~ '|' ; uni | center(12) ~ '|' ; 'a b  c' | wordcount ; '' | wordcount ; 5 | wordcount ; none | wordcount ; uni | wordcount ; \"it's a-b\" | wordcount ; long | truncate(20) ; long | truncate(20, true) ; long | truncate(20, end='>') ; long | truncate(20, leeway=200) ; 'short' | truncate(3) ; 'shortish' | truncate(3, leeway=0) ; 'abc' | truncate(2) ; long | truncate(20, false, '', 0) ; long | truncate(-1) ; 'nospacehere' | truncate(5, leeway=0) ; emoji * 5 | truncate(4, true, leeway=0) ; 'x' | truncate('a')")
each("{{ @ }}", "['b', 'A'] | sort ; ['b', 'A'] | sort(case_sensitive=true) ; nums | sort(reverse=true) ; nums | sort(true) ; people | sort(attribute='age') | map(attribute='name') | list ; people | sort(attribute='age,name') | map(attribute='name') | list ; mixed | sort ; d | sort ; 'cab' | sort ; [[2, 1], [1, 2]] | sort ; people | sort(attribute='zz') ; 5 | sort ; [1, 'a'] | sort ; [none, none] | sort ; [true, 0] | sort ; ['a', 'A', 'b'] | unique | list ; ['a', 'A'] | unique(true) | list ; people | unique(attribute='age') | map(attribute='name') | list ; [1, 1.0, true, '1'] | unique | list ; [[1], [1]] | unique | list ; nums | unique ; [(1,), (1,)] | unique | list ; 'aab' | unique | join ; nums | first ; [] | first ; 'abc' | first ; d | first ; 5 | first ; nums | last ; 'abc' | last ; range(3) | last ; d | last ; nums | map('abs') | last ; nums | reverse | list ; 'abc' | reverse ; d | reverse | list ; 5 | reverse ; nums | map('abs') | reverse ; range(3) | reverse | list")
each("{{ @ }}", "'3.7' | int ; '0x1f' | int(base=16) ; '0b11' | int(0, 2) ; 'z' | int(-1) ; none | int ; [] | int ; '12abc' | int ; 1e3 | int ; true | int ; '1_000' | int ; ' 7 ' | int ; 'inf' | int ; big | int ; '3.7' | float ; 'x' | float ; 'x' | float(1.5) ; none | float ; 'nan' | float ; 1 | float ; -3 | abs ; -3.5 | abs ; 'a' | abs ; true | abs ; none | abs ; 2.5 | round ; 3.5 | round ; 2.567 | round(2) ; 1234 | round(-2) ; 2.1 | round(0, 'ceil') ; 2.9 | round(method='floor') ; 2.567 | round(1, 'ceil') ; 5 | round(0, 'ceil') ; 2.5 | round(0, 'x') ; 'a' | round ; -2.5 | round(0, 'floor') ; 1e300 | round(2)")
each("{{ @ }}", "{'b': 1, 'a': [1, none, true]} | tojson ; '<&>\\'' | tojson ; uni | tojson ; {'a': 1} | tojson(indent=2) ; [] | tojson(2) ; 1.0 | tojson ; 1e400 | tojson ; missing | tojson ; {1: 2} | tojson ; (1, 2) | tojson ; range(2) | tojson ; nums | map('abs') | tojson ; big | tojson ; {'a': 1, 2: 3} | tojson ; none | tojson ; emoji | tojson ; {none: 1} | tojson ; {'k': 'v' | e} | tojson")
each("{{ @ }}", "'%s-%d' | format('a', 5) ; '%(a)s' | format(a=1) ; '%s' | format ; '%s' | format(1, 2) ; '%(a)s' | format(1) ; '%s %(a)s' | format(1, a=2) ; '%05.2f|%x|%r' | format(3.14159, 255, 'q') ; '%%' | format ; 'abc' | capitalize ; 'aBC' | capitalize ; 'hello wORLD' | title ; \"they're (new) <tag> a-b\" | title ; 5 | title ; none | upper ; 'x' | string ; none | string ; [1] | string ; nums | list ; 'ab' | list ; d | list ; 5 | list ; none | list ; 'a' | default('b') ; missing | default ; missing | d('b') ; none | default('b') ; '' | default('b', true) ; missing | default(default_value=3) ; 0 | default(5, boolean=true) ; nums | length ; 'a' | count ; 5 | length ; none | count ; d | length ; missing | length ; nums | join ; nums | join(', ') ; people | join(',', attribute='name') ; people | join(',', 'age') ; [none, true] | join('|') ; 5 | join ; 'abc' | join('-') ; d | join(',') ; [['a', 'b']] | join ; nums | join(1) ; '  a ' | trim ; 'xxaxx' | trim('x') ; 5 | trim ; 'aaa' | replace('a', 'b') ; 'aaa' | replace('a', 'b', 2) ; 5 | replace(5, 6) ; 'a' | replace('', '-') ; 'abc' | replace('b') ; 'a' | upper(1) ; 'a' | lower(x=1)")
# tests
each("{{ @ }}", "1 is boolean ; true is boolean ; none is none ; 0 is none ; missing is defined ; missing is undefined ; nums is sequence ; 'a' is sequence ; d is sequence ; 5 is sequence ; range(2) is sequence ; nums is iterable ; 5 is iterable ; none is iterable ; d is mapping ; nums is mapping ; 'a' is string ; 5 is string ; 5 is number ; true is number ; 5.0 is integer ; true is integer ; 5 is float ; 5.0 is float ; true is true ; 1 is true ; false is false ; 0 is false ; 'abc' is lower ; 'Abc' is lower ; 'ABC' is upper ; '123' is upper ; 5 is lower ; 3 is odd ; 4 is even ; 3.0 is odd ; 'a' is odd ; 6 is divisibleby 3 ; 6 is divisibleby(4) ; 6 is divisibleby 0 ; 5 is eq 5 ; 5 is equalto 5.0 ; 5 is ne 4 ; 5 is gt 3 ; 5 is greaterthan 3 ; 5 is ge 5 ; 5 is lt 3 ; 5 is lessthan 3 ; 5 is le 5 ; 'a' is lt 5 ; 1 is in [1, 2] ; 'a' is in 'abc' ; 'a' is in 5 ; 5 is not in [1] ; none is sameas none ; 1 is sameas true ; 'upper' is filter ; 'nope' is filter ; 'odd' is test ; 'nope' is test ; 5 is filter ; range is callable ; name.upper is callable ; 5 is callable ; ('a' | e) is escaped ; 'a' is escaped ; missing is none ; missing is string ; missing is iterable ; missing is callable ; nums is not defined ; 1 is odd is odd ; 1 is nope ; 5 is divisibleby ; 5 is odd(3) ; 1 is eq ; yes is sameas(true) ; not 5 is odd ; 5 is odd and 4 is even ; 5 is odd or x ; 5 is number == true ; -5 is odd ; 1 is eq 1 and yes ; nums | length is odd ; nums is eq [3, 1, 2] ; 'a' is in(['a']) ; 3 is divisibleby -1 ; 3 is eq(3) ; {} is mapping ; () is sequence")
# undefined in lenient mode
text(r"""
{{ missing | e }}|
{{ missing | upper }}|
{{ missing | urlencode }}|
{{ missing | striptags }}|
{{ missing | xmlattr }}|
{{ missing | pprint }}|
{{ missing | wordwrap }}|
{{ missing | random }}|
{{ missing | filesizeformat }}|
{{ missing | attr('x') }}|
{{ missing | tojson }}|
{{ missing | batch(2) | list }}|
{{ missing | sum }}|{{ missing | join }}|{{ missing | list }}
{{ missing | indent }}|
{{ missing | truncate }}|
{{ missing | items | list }}
{{ missing | dictsort }}
{{ missing | map('upper') | list }}{{ missing | select | list }}
{{ missing | groupby('x') }}
{{ missing | min }}|{{ missing | max }}|
{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}
{% macro m() %}{{ caller }}{% endmacro %}{{ m() }}|
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% with a=missing %}{{ a }}|{% endwith %}
{% for x in missing recursive %}{{ loop(x) }}{% endfor %}|
{% block a %}{{ super }}{% endblock %}
{% block a %}{{ super() }}{% endblock %}
{% include missing %}
{{ missing is sequence }}{{ missing is iterable }}{{ missing is mapping }}{{ missing is number }}
{{ missing ~ 'x' }}{{ missing | default('d') }}
{{ nums[9] | default('none') }}{{ d.zz.yy }}
{{ missing | length }}{{ missing | wordcount }}{{ missing | string }}|
{{ [missing, missing] }}{{ {'a': missing} }}
{{ missing + 1 }}
{{ missing | replace('a', 'b') }}|{{ missing | trim }}|{{ missing | title }}|
{{ missing | urlize }}|
{{ missing | forceescape }}|{{ missing | safe }}|
{{ missing | center(3) }}|
{{ missing | round }}
{{ missing | abs }}
{{ missing | first }}|{{ missing | last }}|
{{ missing | reverse | list }}
{{ missing | sort }}{{ missing | unique | list }}
{{ self.x }}|
{{ missing() }}
{{ missing.x }}
{{ missing['x'] }}
{{ missing | int }}{{ missing | float }}
""", "lenient")
names(r"""
{% macro m(a, b=c) %}{{ a }}{{ d }}{% endmacro %}{{ m(e) }}
{% macro m() %}{{ caller() }}{{ varargs }}{{ kwargs }}{% endmacro %}
{% call(x) m(y) %}{{ x }}{{ z }}{% endcall %}
{% filter replace(a, 'b') %}{{ c }}{% endfilter %}
{% with a=b, c=a %}{{ a }}{{ c }}{{ d }}{% endwith %}{{ a }}
{% set x | replace(a, b) %}{{ c }}{% endset %}{{ x }}
{% for x in y recursive %}{{ loop(x.z) }}{{ w }}{% endfor %}
{% autoescape a %}{{ b }}{% set c = 1 %}{% endautoescape %}{{ c }}
{% include a %}{{ b }}
{% extends a %}{{ b }}
{% import a as b %}{{ b.c }}{{ d }}
{% from a import b, c as d %}{{ b }}{{ c }}{{ d }}
{% block a %}{{ b }}{% endblock %}
{% set q = 1 %}{% block a %}{{ q }}{% endblock %}
{% block a %}{{ self.a }}{{ super() }}{% endblock %}{{ self.a() }}
{% print a, b %}
{% macro m() %}{{ m() }}{% endmacro %}
{% macro m() %}{{ later() }}{% endmacro %}{% macro later() %}{% endmacro %}
{{ cycler(a) }}{{ joiner() }}{{ lipsum() }}
{% set a = 1 %}{% macro m() %}{{ a }}{% endmacro %}
{% for a in b %}{% macro m() %}{{ a }}{{ c }}{% endmacro %}{% endfor %}{{ a }}
{% macro m(a, b=a) %}{{ b }}{% endmacro %}
{% with %}{{ a }}{% endwith %}
{% for x in y %}{{ a }}{% endfor %}{% set a = 1 %}
{{ a }}{% for x in y %}{{ a }}{% endfor %}{% set a = 1 %}
{% for x in y %}{{ a }}{% endfor %}{% if z %}{% set a = 1 %}{% endif %}
{% if a %}{% macro b() %}{% endmacro %}{% endif %}{{ b() }}
{% call a.b() %}{{ caller }}{% endcall %}
{{ caller }}{{ varargs }}{{ kwargs }}{{ loop }}
""")

# filters and tests with few cases: kinds, edges and errors
native(r"""
nope | d
nothing | d(5)
nothing | d(5, true)
'' | d('x', boolean=true)
nope.a | d(1)
n | d(1, 2, 3)
'' | capitalize
none | capitalize
'\u01c6a' | capitalize
nums | capitalize
'\u00df' | capitalize
none | count
[] | count
n | count
'\U0001f600a' | count
nums | map('string') | count
[] | reject | list
mixed | reject('none') | list
nums | reject('gt', 1) | list
5 | reject | list
nums | reject('nosuch') | list
mixed | reject('string') | list
people | rejectattr('tags') | map(attribute='name') | list
people | rejectattr('age', 'gt', 26) | map(attribute='name') | list
[] | rejectattr('x') | list
[{}] | rejectattr('x') | list
people | rejectattr | list
people | rejectattr('age', 'nosuch') | list
n | rejectattr('x') | list
none | escape
'' | escape
html | escape
html | escape | escape
nums | escape
nope | escape
'' | forceescape
none | forceescape
html | escape | forceescape
nope | forceescape
{'a': '<'} | forceescape
nope is undefined
nothing is undefined
d.nope is undefined
nope.x is undefined
'' is undefined
1 is undefined(2)
nums[9] is undefined
none is boolean
0 is boolean
yes is boolean
nope is boolean
(1 == 1) is boolean
'true' is boolean
none is false
0 is false
no is false
nope is false
'' is false
(not yes) is false
none is integer
yes is integer
1.0 is integer
big is integer
nope is integer
'1' is integer
-1 is integer
none is float
1 is float
1.0 is float
1e400 is float
nope is float
nan_text is float
-0.0 is float
'1.0' is float
yes is float
none is callable
range is callable
'a'.upper is callable
dict is callable
nope is callable
namespace() is callable
none is lower
'' is lower
'1' is lower
'a1' is lower
5 is lower
nope is lower
'\u00e9' is lower
none is upper
'' is upper
'A1' is upper
'\u00c9' is upper
nope is upper
['A'] is upper
none is even
0 is even
-2 is even
1.5 is even
'a' is even
nope is even
big is even
yes is even
'upper' is filter
'nosuch' is filter
'' is filter
none is filter
nope is filter
nums is filter
'd' is filter
'even' is test
'nosuch' is test
'' is test
none is test
nope is test
nums is test
'in' is test
none is escaped
'' is escaped
html | e is escaped
(html | safe) is escaped
nope is escaped
[html | e] is escaped
none is eq none
1 is eq 1.0
nums is eq [3, 1, 2]
nope is eq 1
1 is eq
'a' is eq 'A'
none is equalto none
yes is equalto 1
{} is equalto []
nope is equalto nope
1 is equalto(1, 2)
none is ne none
1 is ne 1.0
'a' is ne 'A'
nope is ne 1
1 is ne
[] is ne ()
1 is gt 0
1 is gt 1
none is gt 1
'b' is gt 'a'
[2] is gt [1, 5]
nope is gt 1
'a' is greaterthan 'B'
none is greaterthan 1
1 is greaterthan
1.5 is greaterthan 1
nope is greaterthan 0
1 is ge 1
none is ge none
'a' is ge 1
1 is ge
nope is ge 1
big is ge 1
1 is lt 2
none is lt 1
'' is lt 'a'
{} is lt {}
nope is lt 1
1 is lessthan 2
none is lessthan none
nums is lessthan [4]
nope is lessthan 1
1 is lessthan
1 is le 1
none is le 0
'a' is le 'a'
nope is le 1
[] is le []
'%s' is le 5
n is le(big)
""")
# methods of values
native(r"""
'a\tbc\td'.expandtabs()
'a\tbc'.expandtabs(4)
'a\n\tb'.expandtabs(tabsize=2)
'\t'.expandtabs(0)
'\t'.expandtabs(-1)
'a'.expandtabs('x')
'abc'.translate({97: 'X', 98: none, 99: 100})
'abc'.translate('abc'.maketrans('ab', 'xy', 'c'))
'abc'.translate({'a': 'b'})
'abc'.translate(['x'] * 98)
'abc'.translate(5)
'abc'.translate({97: 1.5})
'ab'.maketrans('ab', 'xy')
'ab'.maketrans({'a': 1, 98: none})
'ab'.maketrans('ab', 'x')
'ab'.maketrans({'ab': 1})
'ab'.maketrans('a', 'b', 5)
'ab'.maketrans(1)
'{a}{b}'.format_map({'a': 1, 'b': [2]})
'{a}'.format_map({})
'{}'.format_map({'a': 1})
'{a}'.format_map([1])
'{a}'.format_map(nope)
'a'.format_map()
'\u00e9'.encode() | string
'\u00e9'.encode('latin-1').decode('latin-1')
'\u00e9'.encode('ascii', 'xmlcharrefreplace') | string
'\u00e9'.encode('ascii')
'a'.encode('nosuch')
'a'.encode(5)
'ab'.encode() + 'c'.encode() | string
'ab'.encode()[0]
'ab'.encode() == 'ab'
'ab'.encode().hex()
'ab'.isprintable()
'\n'.isprintable()
''.isprintable()
'\u00df'.casefold()
'\u0130'.casefold()
'\u01c5'.swapcase()
"they're \u00e9ab".title()
'\u2460'.isdigit()
'\u4e00'.isnumeric()
{}.fromkeys('ab', 1)
{}.fromkeys([[1]])
{}.fromkeys()
[1, 2, 1].index(1, 1)
[1].index(5, 0, 1)
(1, 2).index(2, 0, 1)
[1].index()
[3, 1].sort()
[3, 1].sort(1)
[3, 'a'].sort()
(5).bit_count()
(-7).bit_length()
yes.conjugate()
(5).to_bytes(2, 'big') | string
(500).to_bytes(1, 'big')
(5).from_bytes([1, 2], 'big')
(1.5).as_integer_ratio()
(0.1).hex()
(1.5).fromhex('0x1.8p1')
(1.5).fromhex('zz')
(2.0).is_integer()
range(10)[2:8:3] | string
range(5)[::-1] | string
range(5) == range(0, 5, 1)
range(0) == range(5, 1)
range(5).index(3)
range(5).index(9)
range(5).count('a')
range(2, 9, 3).stop
range(5)['a']
range(5) + [1]
range(5) is sequence
(-8) ** 0.5 | string
(-8) ** 0.5 + 1 | string
((-8) ** 0.5) | abs
((-8) ** 0.5) < 1
'{.x}'.format(1)
'{[0]}'.format([5])
'{}{0}'.format(1, 2)
'{0}{}'.format(1, 2)
'{:{}}'.format('a', '>3')
'{!r:>5}'.format('a')
'{!x}'.format(1)
'{0[a}'.format(1)
'{0.}'.format(1)
'{0[]}'.format(1)
'{0[1]x}'.format([1, 2])
'{'.format()
'}'.format()
'{0'.format(1)
'{0!'.format(1)
'{0!r'.format(1)
'{0:{1}'.format(1, 2)
'{a{b}}'.format(1)
'{:{:{:{}}}}'.format(1, 2, 3, 4)
'{}'.format(nope)
'{:5}'.format(nope)
'{!r}'.format(nope)
'%c' % big
'%c' % -1
'%5%' % 1
'%a' % '\u00e9'
'%d' % nope
'%x' % nope
'abc' % nope
'abc' % range(3)
'%(a)s' % range(3)
""")
# what a template changes is its own copy of the data
text(r"""
{{ nums.append(9) }}{{ nums }}
{{ nums.sort() }}{{ nums }}{{ nums.sort(reverse=true) }}{{ nums }}
{{ d.update(k=1, z=2) }}{{ d.k }}{{ d.z }}
{{ d.pop('k') }}{{ d.k is defined }}{{ d.pop('k', 5) }}
{{ people[0].tags.extend(['q']) }}{{ people[0].tags }}
{% set k = d.keys() %}{{ d.clear() }}{{ k | list }}
{{ (nums * 2).pop() }}{{ 'a b'.split().pop(0) }}{{ (nums | list).remove(3) }}
{{ {}.setdefault('a', []).append(1) }}
{% set x = {} %}{{ x.update({1: 2, 'a': 3}) }}{{ x }}
{{ nums.remove(99) }}
{% if no %}{{ 'a'.nope ~ 1 }}{% endif %}
{% if no %}{{ 'a'.nope and 1 }}{% endif %}
{% if no %}{{ nope ~ 'a'.nope }}{% endif %}
""")

print('{"recorded_with": "Jinja2 %s, Python %s", "context": ' % (jinja2.__version__, sys.version.split()[0]) + json.dumps(encode(CONTEXT)) + ', "cases": [')
seen = set()
unique = []
for one in CASES:
    key = (one["kind"], one["source"], one["undefined"])
    if key not in seen:
        seen.add(key)
        unique.append(one)
print(",\n".join(json.dumps(one) for one in unique))
print("]}")
print(len(unique), file=sys.stderr)
