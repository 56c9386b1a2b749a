"""Records what Jinja2 3.1.6 answers: python3 record.py > jinja-core.json (needs the package jinja2==3.1.6)

Every case is a template with a context, or an expression evaluated to its native value, under one of the two modes of undefined
names. Values are JSON; {"$float": "1.0"}, {"$int": "…"}, {"$tuple": […]}, {"$dict": [[key, value]]} and {"$undefined": text}
stand for what JSON cannot tell apart. The platform's own filters are rebuilt here from their description.
"""
import json
import re
import sys
import types

import jinja2
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
NONE_MAGIC = "%*****__%NONE%__*****%"


def flags(ignorecase):
    return re.IGNORECASE if ignorecase else 0


def regex_match(value, pattern, ignorecase=False):
    return bool(re.match(pattern, str(value), flags(ignorecase)))


def regex_search(value, pattern, ignorecase=False):
    return bool(re.search(pattern, str(value), flags(ignorecase)))


def regex_replace(value, pattern, replacement, ignorecase=False):
    return re.compile(pattern, flags(ignorecase)).sub(replacement, str(value))


def regex_substring(value, pattern, result_index=0, ignorecase=False):
    return re.findall(pattern, str(value), flags(ignorecase))[result_index]


def to_json_string(value, indent=None, sort_keys=False, separators=(",", ": ")):
    return json.dumps(value, indent=indent, sort_keys=sort_keys, separators=tuple(separators))


def from_json_string(value):
    return json.loads(str(value))


def to_complex(value):
    return json.dumps(value)


def use_none(value):
    return NONE_MAGIC if value is None else value


PLATFORM = [regex_match, regex_search, regex_replace, regex_substring, to_json_string, from_json_string, to_complex, use_none]
ENVIRONMENTS = {}
for mode, undefined in (("strict", jinja2.StrictUndefined), ("lenient", jinja2.Undefined)):
    environment = SandboxedEnvironment(undefined=undefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update({f.__name__: f for f in PLATFORM})
    ENVIRONMENTS[mode] = environment


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


def record(kind, source, mode, context, run):
    try:
        outcome = {"result": run()}
    except jinja2.TemplateSyntaxError as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", error.message)]}
    except Exception as error:
        outcome = {"error": [type(error).__name__, ADDRESS.sub("0x7f0000000000", str(error))]}
    CASES.append({"kind": kind, "source": source, "undefined": mode, "context": encode(context), **outcome})


CONTEXT = {
    "name": "web-01", "text": "The quick brown fox", "n": 7, "neg": -7, "pi": 3.14159, "half": 2.5, "zero": 0, "big": 2**60, "yes": True, "no": False, "nothing": None,
    "empty": "", "nums": [3, 1, 2], "words": ["pear", "Apple", "fig"], "mixed": [1, "a", None, 2.5, True], "nested": [[1, 2], [3, [4, 5]]], "none_list": [],
    "d": {"k": "v", "items": "shadow", "num": 5, "deep": {"er": {"est": "x"}}, "a b": 1, "_private": 2, "1": "one"},
    "people": [{"name": "bo", "age": 30, "tags": ["x"]}, {"name": "Al", "age": 25, "tags": []}, {"name": "cy", "age": 30, "tags": ["y", "z"]}],
    "quote": "it's", "dq": 'say "hi"', "multi": "a\nb\n", "uni": "h\u00e9llo \u4e16\u754c", "emoji": "\U0001f600!", "json": '{"a": [1, 2.0, null, true], "b": "x"}', "padded": "  x \n", "path": "/a/b/c.txt",
}


def text(*sources, modes=("strict",), context=None):
    for source in sources:
        for mode in modes:
            used = CONTEXT if context is None else context
            environment = ENVIRONMENTS[mode]
            record("template", source, mode, used, lambda: ADDRESS.sub("0x7f0000000000", environment.from_string(source).render(used)))


def native(*sources, modes=("strict",), context=None):
    for source in sources:
        for mode in modes:
            used = CONTEXT if context is None else context
            environment = ENVIRONMENTS[mode]
            record("expression", source, mode, used, lambda: encode(environment.compile_expression(source, undefined_to_none=False)(used)))


def names(*sources):
    for source in sources:
        environment = ENVIRONMENTS["strict"]
        record("names", source, "strict", {}, lambda: sorted(find_undeclared_variables(environment.parse(source))))


BOTH = ("strict", "lenient")

# text and interpolation
text("plain", "", "{{ name }}", "a{{ name }}b{{ n }}c", "{{name}}", "{{ name}} {{name }}", "{{ 1, 2 }}", "{{ (1,) }}", "{{ () }}", "{{ nums }}", "{{ words }}", "{{ mixed }}", "{{ d.deep }}", "{{ nothing }}",
     "{{ yes }} {{ no }}", "{{ pi }} {{ half }} {{ big }}", "{{ quote }} {{ [quote] }} {{ [dq] }} {{ [quote ~ dq] }}", "{{ [multi] }}", "{{ [uni, emoji] }}", "{{ {'a': 1, 'b': [true, none]} }}", "{{ {1: 'x', none: 2} }}", "{{ {'2': 1, '1': 2} }}",
     "{ {{ n }} }", "{{ '}}' }}", "{{ \"{{ x }}\" }}", "a }} b", "a %} b", "{{ n }}}", "line\n", "line\n\n", "a\r\nb\r\n", "{{ multi }}|", "{{\nn\n}}", "{{ 'a' 'b' \"c\" }}", "{{ 'a\\nb' }}", "{{ '\\d+' }}", "{{ 'it\\'s' }}", "{{ '\\x41\\u00e9' }}", "{{ '\\\\' }}",
     "{{ 1_000 }} {{ 0x1F }} {{ 0o17 }} {{ 0b11 }} {{ 1e3 }} {{ 1.50 }} {{ 1_0.2_5 }} {{ 2E-3 }}", "{{ 99999999999999999999 }}", "{{ 1.0 }} {{ 1e16 }} {{ 1e-7 }} {{ 123456789.0 }}", "{{ true }} {{ True }} {{ false }} {{ none }} {{ None }}", "{{ [] }} {{ {} }} {{ [1,] }} {{ {'a': 1,} }} {{ (1, 2,) }}")
# comments, raw, whitespace
text("a{# c #}b", "a {# c #} b", "a{#- c -#} b", "  {# c #}\nb", "{# {{ x }} #}", "{# a\nb #}c", "{% raw %}{{ x }}{% endraw %}", "a {%- raw -%} {{ x }} {%- endraw -%} b", "{%raw%}{% if %}{%endraw%}", "  {% raw %}\n  x\n  {% endraw %}\ny",
     "{% if yes %}\nx\n{% endif %}\ny", "  {% if yes %}\n    x\n  {% endif %}\ny", "a {%- if yes -%} x {%- endif -%} b", "  {%+ if yes %}x{% endif %}", "{% if yes +%}\nx{% endif %}", "a\n\n  {{- n -}}  \n\nb", "{{ n }}\n{{ n }}\n", "  {{ n }}  ", "{% if yes %} x{% endif %}", "x {% if yes %}\n y{% endif %}", "{{- 5 -}}", "{{ 5 -}} x", "a {{-5}} b",
     "\t{% if yes %}\n\tz\n\t{% endif %}", "a\n{% if yes %}\n{% endif %}\nb", "{# x #}\n{# y #}\nz", "a {#+ c +#} b", "  {%- if yes %} x {% endif -%}  \n y")
# names, attributes, items
text("{{ d.k }}", "{{ d['k'] }}", "{{ d.deep.er.est }}", "{{ d['deep']['er'].est }}", "{{ d['a b'] }}", "{{ d['items'] }}", "{{ d.items() }}", "{{ d._private }}", "{{ d['1'] }} ", "{{ nums[0] }} {{ nums[-1] }} {{ nums.0 }} {{ nested.1.0 }} {{ nested[1][1][0] }}",
     "{{ nums[true] }}", "{{ text[0] }} {{ text[-1] }} {{ emoji[0] }}", "{{ text[4:9] }} {{ text[::-1] }} {{ text[:3] }} {{ text[-3:] }} {{ text[::4] }}", "{{ nums[1:] }} {{ nums[:-1] }} {{ nums[::2] }} {{ nums[5:] }} {{ nums[-10:2] }}", "{{ (1,2,3)[1:] }} {{ range(10)[2] }} {{ range(10)[-1] }}", "{{ range(10)[2:8:3] | list }}", "{{ nums[::0] }}", "{{ nums['a':] }}", "{{ emoji | length }} {{ emoji[1:] }}",
     "{{ people[0].name }} {{ people[1]['age'] }}", "{{ {'a': {'b': 2}}.a.b }}", "{{ [1, 2][1] }}", "{{ 'abc'.upper() }}", "{{ 'abc'['upper']() }}", "{{ d.keys() }} {{ d.deep.keys() | list }}", "{{ {'a': 1}.values() }} {{ {'a': 1}.items() }}", "{{ {'a': 1}.items() | list }}", "{{ {1: 'a'}[1] }} {{ {1: 'a'}[1.0] }} {{ {1: 'a'}[true] }}", "{{ d[nums] }}")
text("{{ missing }}", "{{ d.missing }}", "{{ d['missing'] }}", "{{ nums[99] }}", "{{ nums.foo }}", "{{ text.foo }}", "{{ n.foo }}", "{{ nothing.foo }}", "{{ missing.foo }}", "{{ d.missing.foo }}", "{{ missing[0] }}", "{{ missing() }}", "{{ d.missing() }}", "{{ yes.foo }}", "{{ pi.foo }}", "{{ n[0] }}", "{{ nothing[0] }}", "{{ d[0] }}", "{{ (1,).foo }}", "{{ text['x'] }}",
     "{{ missing ~ 'a' }}", "{{ missing == 1 }}", "{{ missing != 1 }}", "{{ 1 in missing }}", "{{ missing in nums }}", "{{ missing < 1 }}", "{{ missing + 1 }}", "{{ 1 + missing }}", "{{ -missing }}", "{{ not missing }}", "{{ missing and 1 }}", "{{ missing or 1 }}", "{{ missing | length }}", "{{ missing | upper }}", "{{ missing | int }}", "{{ missing | list }}", "{{ missing | join }}", "{{ missing | first }}", "{{ [missing] }}", "{{ [missing, missing] }}",
     "{{ 'x' if missing else 'y' }}", "{{ 'x' if no }}", "{{ ('x' if no) is defined }}", "{{ ('x' if no) ~ 'z' }}", "{{ missing is defined }} {{ missing is undefined }}", "{{ missing is none }} {{ missing is string }} {{ missing is mapping }} {{ missing is number }}", "{{ missing is iterable }}", "{{ missing is sequence }}", "{{ d.missing is defined }}", "{{ d.missing.foo is defined }}", "{{ missing | default('x') }}", "{{ missing.foo | default('x') }}", "{{ d.missing | default('x') }}", "{{ missing | default }}|", "{% if missing %}a{% else %}b{% endif %}", "{% for x in missing %}a{% else %}b{% endfor %}", "{{ missing | string }}", "{{ missing | lower }}", "{{ missing | abs }}", "{{ missing | sort }}", "{{ missing | map('upper') | list }}", "{{ nums | map(attribute='x') | list }}", modes=BOTH)
text("{{ null }}", "{{ None.x }}", "{{ nofunc() }}", "{{ n() }}", "{{ 'a'() }}", "{{ name.upper }}", "{{ n }}")
# operators
text("{{ 1 + 2 }} {{ 7 - 10 }} {{ 3 * 4 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % 3 }} {{ -7 % 3 }} {{ 7 % -3 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 10 ** 20 }}", "{{ 2 ** 3 ** 2 }} {{ -2 ** 2 }}", "{{ 1 + 2 * 3 - 4 / 2 }}", "{{ (1 + 2) * 3 }}", "{{ 1.5 + 1.5 }} {{ 0.1 + 0.2 }} {{ 1 + 1.0 }}", "{{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 1e308 * 10 }}", "{{ true + 5 }} {{ true * 3 }} {{ -true }} {{ +true }}", "{{ big * big }}", "{{ 2**53 + 1 }}", "{{ 1 / 0 }}", "{{ 1 // 0 }}", "{{ 1 % 0 }}", "{{ 1.0 / 0 }}", "{{ 0 ** -1 }}",
     "{{ 'a' + 'b' }} {{ 'ab' * 3 }} {{ 3 * 'ab' }} {{ 'x' * 0 }}|", "{{ [1] + [2] }} {{ [1] * 2 }} {{ (1,) + (2,) }}", "{{ 'a' + 1 }}", "{{ 1 + 'a' }}", "{{ 'a' - 'b' }}", "{{ [1] + (2,) }}", "{{ none + 1 }}", "{{ {} + {} }}", "{{ 'a' * 'b' }}", "{{ 'a' * 1.5 }}", "{{ -'a' }}", "{{ nums - 1 }}", "{{ 1 ~ 2 ~ none ~ true ~ [1] }}", "{{ 1 + 2 ~ 3 + 4 }}", "{{ 'a' ~ 1 + 2 }}", "{{ 1 * 2 ~ 3 * 4 }}",
     "{{ 1 == 1.0 }} {{ 1 == true }} {{ '1' == 1 }} {{ [1, 2] == [1.0, 2] }} {{ (1,) == [1] }} {{ {'a': 1} == {'a': 1.0} }} {{ none == none }} {{ none == false }}", "{{ 1 != 2 }} {{ 'a' != 'a' }}", "{{ 1 < 2 }} {{ 2 <= 2 }} {{ 3 > 4 }} {{ 4 >= 4.0 }} {{ 'a' < 'b' }} {{ 'Z' < 'a' }} {{ [1, 2] < [1, 3] }} {{ true < 2 }}", "{{ 1 < n < 10 }} {{ 1 < n > 10 }} {{ 1 < 2 == 2 }}", "{{ 1 < 'a' }}", "{{ 'a' > 1 }}", "{{ none < 1 }}", "{{ [1] < ['a'] }}", "{{ {} < {} }}", "{{ [1] <= (1,) }}",
     "{{ 1 in nums }} {{ 9 in nums }} {{ 9 not in nums }} {{ 'quick' in text }} {{ 'k' in d }} {{ 'v' in d }} {{ 1.0 in nums }}", "{{ 1 in 5 }}", "{{ 1 in 'abc' }}", "{{ 'a' in none }}", "{{ 2 in range(3) }} {{ 'k' in d.keys() }} {{ 'v' in d.values() }}", "{{ not 1 in nums }}", "{{ not yes }} {{ not 0 }} {{ not not 'a' }}", "{{ yes and no }} {{ yes or no }} {{ 0 or 'x' }} {{ '' or [] or 'z' }} {{ 1 and 2 and 3 }} {{ 1 and 0 and 3 }}", "{{ no or yes and no }} {{ not no and yes }}", "{{ 'a' if yes else 'b' }} {{ 'a' if no else 'b' }} {{ 'a' if no else 'b' if no else 'c' }}", "{{ ('a' if yes) }}", "{{ 1 if [] else 2 }} {{ 1 if {'a': 1} else 2 }}", "{{ [1, 2 if no else 3] }}", "{{ 1 + (2 if yes else 3) }}", "{{ yes and 'x' or 'y' }}", "{{ 5 % 3 == 2 }} {{ 1 + 1 == 2 and 2 > 1 }}", "{{ not n is odd }} {{ n is not odd }}", "{{ -n }} {{ +n }} {{ - n + 1 }} {{ --n }}")
# tests
text("{{ n is defined }}", "{{ nothing is none }} {{ n is none }} {{ n is not none }}", "{{ 'a' is string }} {{ 1 is string }}", "{{ 1 is number }} {{ 1.5 is number }} {{ true is number }} {{ '1' is number }}", "{{ 1 is integer }} {{ 1.0 is integer }} {{ true is integer }}", "{{ 1 is float }} {{ 1.0 is float }} {{ half is float }}", "{{ true is boolean }} {{ 1 is boolean }}", "{{ true is true }} {{ 1 is true }} {{ false is false }} {{ 0 is false }}", "{{ d is mapping }} {{ nums is mapping }}", "{{ nums is sequence }} {{ d is sequence }} {{ 'a' is sequence }} {{ 1 is sequence }} {{ d.keys() is sequence }} {{ range(2) is sequence }}", "{{ nums is iterable }} {{ 'a' is iterable }} {{ 1 is iterable }} {{ d.keys() is iterable }} {{ none is iterable }}", "{{ 3 is odd }} {{ 4 is even }} {{ -3 is odd }} {{ 2.0 is even }}", "{{ none is odd }}", "{{ 9 is divisibleby 3 }} {{ 9 is divisibleby(4) }} {{ 9 is not divisibleby 4 }}", "{{ 9 is divisibleby 0 }}", "{{ 1 is in [1, 2] }} {{ 3 is in nums }} {{ 5 is not in nums }} {{ 1 is in([1.0]) }}", "{{ 1 is eq 1 }} {{ 1 is ne 2 }} {{ 2 is gt 1 }} {{ 2 is ge 2 }} {{ 1 is lt 2 }} {{ 1 is le 1 }} {{ 1 is equalto 1 }} {{ 2 is greaterthan 1 }} {{ 1 is lessthan 2 }}", "{{ 1 is == 1 }}", "{{ 'abc' is lower }} {{ 'ABC' is upper }} {{ 'Abc' is lower }} {{ '123' is lower }} {{ '' is upper }} {{ 1 is lower }}", "{{ none is sameas none }} {{ true is sameas true }} {{ 1 is sameas true }} {{ nums is sameas nums }} {{ [] is sameas [] }}", "{{ range is callable }} {{ 1 is callable }}", "{{ 'upper' is filter }} {{ 'nope' is filter }} {{ 'odd' is test }}", "{{ 1 is odd is true }}", "{{ 1 is nope }}", "{{ 1 is not nope }}", "{{ (1 is odd) is true }}", "{{ n is odd and n is number }}", "{{ n is odd or false }}", "{{ 'x' if n is odd else 'y' }}", "{{ n is divisibleby }}", "{{ n is odd(1) }}", "{{ n is divisibleby(1, 2) }}", "{{ 'a' is lt 1 }}", "{{ [1] is in [[1]] }}", "{{ nums | length is gt 2 }}", "{{ 1 is in 5 }}")
# filters: default and conversions
text("{{ nothing | default('x') }} {{ nothing | default('x', true) }} {{ nothing | default('x', boolean=true) }} {{ empty | d('e', true) }} {{ zero | default(1, true) }} {{ n | default(1) }}", "{{ missing | default(default_value='z') }}", "{{ missing | default(nope=1) }}", "{{ missing | default(1, 2, 3) }}", "{{ missing | d(missing2 | d('q')) }}", "{{ missing | default(none) }}",
     "{{ '5' | int }} {{ '5.7' | int }} {{ 5.9 | int }} {{ -5.9 | int }} {{ 'x' | int }} {{ 'x' | int(9) }} {{ none | int }} {{ true | int }} {{ '0x1f' | int(0, 16) }} {{ '0x1f' | int(base=16) }} {{ '11' | int(0, 2) }} {{ [] | int }} {{ ' 7 ' | int }} {{ '1_000' | int }} {{ '1e3' | int }} {{ 'inf' | int }} {{ '' | int(default='d') }}", "{{ '5' | float }} {{ '5.5' | float }} {{ 5 | float }} {{ 'x' | float }} {{ 'x' | float(1.5) }} {{ 'x' | float('a') }} {{ none | float }} {{ '1e400' | float }} {{ 'nan' | float }}", "{{ 5 | string }} {{ none | string }} {{ [1] | string }} {{ (5 | string) is string }}", "{{ -5 | abs }} {{ 5.5 | abs }} {{ (-5.5) | abs }} {{ true | abs }}", "{{ 'a' | abs }}", "{{ -n | abs }}",
     "{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.567 | round(2) }} {{ 5 | round }} {{ 2.5 | round | int }} {{ 42.55 | round(1, 'floor') }} {{ 42.51 | round(1, 'ceil') }} {{ 42.1 | round(method='ceil') }} {{ 1234 | round(-2) }} {{ 1234.5 | round(-2) }} {{ 5 | round(1, 'floor') }}", "{{ 1 | round(1, 'bad') }}", "{{ 'a' | round }}", "{{ 1.005 | round(2) }} {{ -2.5 | round }} {{ 0.5 | round }}")
# filters: text
text("{{ 'aBc' | lower }} {{ 'aBc' | upper }} {{ 5 | upper }} {{ none | lower }}", "{{ 'heLLo wORLD' | capitalize }} {{ 'heLLo wORLD' | title }} {{ \"they're bill's (foo) [bar] <baz> a-b\" | title }} {{ '' | capitalize }}|", "{{ padded | trim }}|{{ 'xxaxx' | trim('x') }} {{ 'xyaxy' | trim(chars='xy') }} {{ 5 | trim }}", "{{ 'a' | trim(1) }}", "{{ 'aaa' | replace('a', 'b') }} {{ 'aaa' | replace('a', 'b', 2) }} {{ 'abc' | replace('', '-') }} {{ 121 | replace('1', 'x') }} {{ 'a1' | replace(1, 2) }} {{ 'aaa' | replace(old='a', new='c', count=1) }} {{ 'abc' | replace('x', 'y') }} {{ 'aaa' | replace('a', 'b', 0) }}", "{{ 'a' | replace('a') }}", "{{ 'a' | replace }}", "{{ nums | join }} {{ nums | join(', ') }} {{ words | join('-') }} {{ people | join(',', attribute='name') }} {{ mixed | join('|') }} {{ 'abc' | join('.') }} {{ [] | join(',') }}| {{ nums | join(0) }}", "{{ 5 | join }}", "{{ nums | join(d='+') }}", "{{ text | length }} {{ nums | count }} {{ d | length }} {{ '' | length }} {{ range(5) | length }} {{ d.keys() | length }} {{ (1, 2) | length }}", "{{ 5 | length }}", "{{ none | length }}", "{{ nums | map('string') | length }}",
     "{{ name | upper | lower | length }}", "{{ name | upper() }}", "{{ name|upper|replace('W','V') }}", "{{ 'a' | upper(1) }}", "{{ 'a' | upper(x=1) }}", "{{ (name | upper)[0] }}", "{{ name | upper ~ '!' }}", "{{ 'x' | nofilter }}", "{{ 'x' | a.b.c }}", "{% if no %}{{ 'x' | nofilter }}{% endif %}ok", "{% if yes %}{{ 'x' | nofilter }}{% endif %}", "{{ 'x' | nofilter if no else 'ok' }}", "{{ nums | map('nofilter') | list }}", "{{ nums | select('nope') | list }}")
# filters: lists
text("{{ nums | first }} {{ nums | last }} {{ 'abc' | first }} {{ 'abc' | last }} {{ d | first }} {{ range(3) | last }} {{ d.keys() | first }}", "{{ [] | first }}", "{{ [] | last }}", "{{ 5 | first }}", "{{ 5 | last }}", "{{ nums | map('string') | first }}", "{{ nums | map('string') | last }}", "{{ [] | first | default('none') }}", "{{ nums | sort }} {{ nums | sort(true) }} {{ nums | sort(reverse=true) }} {{ words | sort }} {{ words | sort(case_sensitive=true) }} {{ people | sort(attribute='age') | map(attribute='name') | list }} {{ people | sort(attribute='age,name') | map(attribute='name') | list }} {{ people | sort(attribute='age', reverse=true) | map(attribute='name') | list }} {{ 'hello' | sort }} {{ d.deep | sort }} {{ nested | sort(attribute='0') }} {{ nested | sort(attribute=0, reverse=true) }}", "{{ mixed | sort }}", "{{ people | sort }}", "{{ people | sort(attribute='nope') }}", "{{ [[2, 'b'], [1, 'a']] | sort }}", "{{ [none, none] | sort }}", "{{ [1.5, 1, true] | sort }}", "{{ 5 | sort }}",
     "{{ [1, 2, 1, 'a', 'A', true] | unique | list }} {{ words | unique | list }} {{ ['b', 'B', 'a'] | unique(case_sensitive=true) | list }} {{ people | unique(attribute='age') | map(attribute='name') | list }} {{ 'hello' | unique | join }}", "{{ [[1], [1]] | unique | list }}", "{{ [(1, 2), (1, 2)] | unique | list }}", "{{ nums | unique }}", "{{ nums | list }} {{ 'abc' | list }} {{ d.deep | list }} {{ range(3) | list }} {{ (1, 2) | list }} {{ nums | map('string') | list }}", "{{ 5 | list }}", "{{ none | list }}", "{{ words | map('upper') | list }} {{ words | map('replace', 'p', 'x') | list }} {{ people | map(attribute='name') | join(',') }} {{ people | map(attribute='tags.0', default='-') | list }} {{ people | map(attribute='nope', default='-') | list }} {{ words | map('default', 'x') | list }} {{ nested | map(attribute=0) | list }} {{ [] | map('upper') | list }} {{ ['1', '2'] | map('int') | sum }}", "{{ words | map | list }}", "{{ words | map(attribute='x', nope=1) | list }}", "{{ words | map('upper') }}", "{{ 5 | map('upper') | list }}", "{{ words | map('upper', 1) | list }}",
     "{{ nums | select('odd') | list }} {{ nums | reject('odd') | list }} {{ mixed | select | list }} {{ mixed | reject | list }} {{ mixed | select('string') | list }} {{ nums | select('gt', 1) | list }} {{ nums | select('==', 1) | list }} {{ nums | select('in', [1, 2]) | list }} {{ people | selectattr('age', 'gt', 26) | map(attribute='name') | list }} {{ people | rejectattr('tags') | map(attribute='name') | list }} {{ people | selectattr('tags') | map(attribute='name') | list }} {{ people | selectattr('age', 'equalto', 25) | list | length }}", "{{ nums | select('odd') }}", "{{ people | selectattr | list }}", "{{ people | selectattr('nope', 'defined') | list }} {{ people | selectattr('name', 'defined') | list | length }}", "{{ mixed | select('gt', 1) | list }}", "{{ nums | min }} {{ nums | max }} {{ words | min }} {{ words | max }} {{ people | max(attribute='age') }} {{ people | min(attribute='age') }}", "{{ [] | min }}", "{{ mixed | max }}", "{{ nums | sum }} {{ [] | sum }} {{ people | sum(attribute='age') }} {{ nums | sum(start=10) }} {{ [1.5, 2] | sum }}", "{{ words | sum }}", "{{ nums | reverse | list }} {{ 'abc' | reverse }} {{ (1, 2) | reverse | list }}", "{{ 5 | reverse }}")
# filters: grouping and layout
text("{{ d.deep | items | list }} {{ {'b': 1, 'a': 2} | items | list }} {{ missing | items | list }}", "{{ nums | items | list }}", "{{ {'b': 1, 'A': 2} | dictsort }} {{ {'b': 1, 'A': 2} | dictsort(true) }} {{ {'b': 1, 'A': 2} | dictsort(by='value') }} {{ {'b': 1, 'A': 2} | dictsort(false, 'key', true) }}", "{{ d | dictsort(by='x') }}", "{{ {1: 2, 'a': 3} | dictsort }}", "{{ people | groupby('age') | map(attribute='grouper') | list }} {{ people | groupby('age') | map(attribute='list') | map('length') | list }} {{ people | groupby('name') | map('first') | list }} {{ ['a', 'B', 'A', 'b'] | groupby('0') }} {{ ['b', 'B', 'a'] | groupby('0', case_sensitive=true) }}", "{% for age, list in people | groupby('age') %}{{ age }}:{{ list | map(attribute='name') | join(',') }} {% endfor %}", "{% for g in people | groupby('tags.0', default='none') %}{{ g.grouper }}={{ g.list | length }}{{ g[0] }} {% endfor %}", "{{ people | groupby }}", "{{ people | groupby('nope') }}", "{{ [1, 2, 3, 4, 5] | batch(2) | list }} {{ [1, 2, 3] | batch(2, 'x') | list }} {{ [] | batch(2) | list }} {{ 'abc' | batch(2) | list }} {{ [1, 2] | batch(5, 0) | list }}", "{{ [1, 2, 3, 4, 5] | slice(2) | list }} {{ [1, 2, 3, 4, 5] | slice(3, 'x') | list }} {{ [1] | slice(3) | list }}", "{{ nums | batch }}", "{{ nums | batch(2) }}", "{{ 'a' | center(5) }}|{{ 'ab' | center(width=5) }}|{{ 5 | center(4) }}|", "{{ '%s-%d' | format('a', 5) }} {{ '%(x)s' | format(x=1) }} {{ '%5.1f|' | format(3.14159) }} {{ 'plain' | format }}", "{{ '%s %s' | format(1) }}", "{{ '%s' | format(1, x=2) }}", "{{ 'a\nb\n\nc' | indent }}|{{ 'a\nb' | indent(2) }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\n\nb' | indent(2, first=true, blank=true) }}|{{ 'a\nb' | indent('> ') }}|{{ 'a\n' | indent }}|{{ '' | indent }}|", "{{ 'one two three four' | truncate(9) }} {{ 'one two three four' | truncate(9, true) }} {{ 'one two three four' | truncate(15) }} {{ 'one two three four' | truncate(9, false, '!') }} {{ 'one two three four' | truncate(9, leeway=0) }} {{ 'onetwothreefour' | truncate(9) }} {{ 'short' | truncate }}", "{{ 'abc' | truncate(2) }}", "{{ text | wordcount }} {{ '' | wordcount }} {{ 'a-b c_d' | wordcount }} {{ uni | wordcount }} {{ 15 | wordcount }}")
text(*["{{ nums | %s(x=1) }}" % f for f in ("abs", "length", "join", "first", "last", "list", "sum", "unique", "sort", "min", "max", "string", "int", "float", "round", "title", "trim", "replace", "default", "dictsort", "groupby", "batch", "slice", "indent", "truncate", "wordcount", "center", "tojson", "regex_match", "use_none", "reverse", "capitalize")])
text(*["{{ nums | %s(1, 2, 3, 4, 5, 6) }}" % f for f in ("join", "list", "sum", "sort", "first", "last", "min", "unique", "replace", "abs", "length", "string", "int", "round", "title", "default", "groupby", "batch", "indent", "tojson", "regex_match", "use_none")])
text("{{ '%s has %d' % ('a', 5) }} {{ '%s' % 'x' }} {{ '%(a)s' % {'a': 1} }} {{ '%05.2f' % pi }} {{ '%s' % nums }} {{ '100%%' % () }}", "{{ '%d' % 'x' }}", "{{ '%s %s' % 'a' }}", "{{ 'a' % 5 }}", "{{ '%s' % missing }}", "{{ missing % 1 }}")
# filters: JSON, regular expressions, platform
text("{{ nums | to_json_string }} {{ {'b': 1, 'a': [1, none, true, 1.5]} | to_json_string }} {{ {'b': 1, 'a': 2} | to_json_string(sort_keys=true) }} {{ uni | to_json_string }} {{ quote | to_json_string }} {{ none | to_json_string }} {{ 1.0 | to_json_string }} {{ 'a\"b\\\\' | to_json_string }}", "{{ {'a': [1]} | to_json_string(indent=2) }}", "{{ {'a': [1]} | to_json_string(4) }}", "{{ [1, {'a': 2}] | to_json_string(separators=[', ', '=']) }}", "{{ nums | map('string') | to_json_string }}", "{{ nums | tojson }} {{ {'b': 1, 'a': \"<it's> & 'x'\"} | tojson }} {{ uni | tojson }} {{ none | tojson }} {{ true | tojson }} {{ 1.0 | tojson }}", "{{ {'b': [1], 'a': 2} | tojson(indent=2) }}", "{{ json | from_json_string }}", "{{ (json | from_json_string).a[1] }} {{ (json | from_json_string)['b'] }}", "{{ '5' | from_json_string }} {{ '5.0' | from_json_string }} {{ 'null' | from_json_string }} {{ '\"x\"' | from_json_string }} {{ 'true' | from_json_string }} {{ '[]' | from_json_string }} {{ '1e3' | from_json_string }} {{ '12345678901234567' | from_json_string }}", "{{ nums | to_complex }} {{ 'x' | to_complex }} {{ d.deep | to_complex }} {{ none | to_complex }} {{ uni | to_complex }} {{ 1.0 | to_complex }}", "{{ none | use_none }} {{ 0 | use_none }} {{ 'x' | use_none }} {{ [] | use_none }}",
     "{{ name | regex_match('web') }} {{ name | regex_match('01') }} {{ name | regex_match('WEB') }} {{ name | regex_match('WEB', true) }} {{ name | regex_match('WEB', ignorecase=true) }} {{ 123 | regex_match('\\d+$') }}", "{{ name | regex_search('\\d+') }} {{ name | regex_search('^\\d') }} {{ name | regex_search('WEB', ignorecase=true) }} {{ none | regex_search('None') }}", "{{ name | regex_replace('(\\w+)-(\\d+)', '\\\\2-\\\\1') }} {{ 'aaa' | regex_replace('a', 'b') }} {{ 'abxd' | regex_replace('x*', '-') }} {{ 'AbA' | regex_replace('a', 'x', true) }} {{ 'a.b' | regex_replace('\\.', '\\\\n') }} {{ 'ab' | regex_replace('(?P<x>a)', '[\\\\g<x>\\\\g<1>]') }}", "{{ name | regex_substring('\\d+') }} {{ 'a1b2c3' | regex_substring('\\d', 1) }} {{ 'a1b2' | regex_substring('([a-z])(\\d)') }} {{ 'a1b2' | regex_substring('[a-z](\\d)', 1) }} {{ 'a1b2c3' | regex_substring('\\d', result_index=-1) }}", "{{ 'abc' | regex_substring('\\d') }}", "{{ 'abc' | regex_match('(') }}", "{{ 'abc' | regex_match('[') }}", "{{ 'abc' | regex_search('*') }}", "{{ 'abc' | regex_replace('a', '\\\\2') }}", "{{ 'a' | regex_match }}", "{{ text | regex_replace('(?i)THE\\s+', '') }}", "{{ 'foo.bar' | regex_search('^foo\\.(?=bar)') }} {{ 'ab' | regex_search('(?<=a)b') }} {{ 'abab' | regex_match('(ab)\\\\1$') }}")
# methods
text("{{ name.upper() }} {{ 'aB'.lower() }} {{ 'aB'.swapcase() }} {{ 'hello world'.title() }} {{ \"they're\".title() }} {{ 'hELLO'.capitalize() }}", "{{ ' a '.strip() }}|{{ ' a '.lstrip() }}|{{ ' a '.rstrip() }}|{{ 'xax'.strip('x') }}|{{ 'xyx'.lstrip('xy') }}|", "{{ 'a b  c'.split() }} {{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ 'a b c'.split(none, 1) }} {{ ' a b '.split(' ') }} {{ ''.split() }} {{ ''.split(',') }} {{ 'a b c'.rsplit(none, 1) }} {{ 'a  b '.split(maxsplit=1) }}", "{{ 'a'.split('') }}", "{{ 'a\nb\r\nc'.splitlines() }} {{ 'a\nb\n'.splitlines(true) }}", "{{ 'abcabc'.replace('b', 'x') }} {{ 'abcabc'.replace('b', 'x', 1) }}", "{{ 'abc'.replace('a') }}", "{{ 'abc'.replace(1, 2) }}", "{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith('bc') }} {{ 'abc'.startswith(('x', 'a')) }} {{ 'abc'.endswith('x') }}", "{{ 'abc'.startswith(1) }}", "{{ 'a'.upper(1) }}", "{{ 'a'.join() }}", "{{ 'a'.replace('a', 'b', 1, 2) }}", "{{ d.get() }}", "{{ d.get(1, 2, 3) }}", "{{ d.keys(1) }}", "{{ nums.count() }}", "{{ 'a'.zfill() }}", "{{ 'a'.ljust() }}", "{{ ','.join(['a', 'b']) }} {{ '-'.join('abc') }} {{ ''.join([]) }}|", "{{ ','.join([1, 2]) }}", "{{ 'hello'.find('l') }} {{ 'hello'.find('z') }} {{ 'hello'.rfind('l') }} {{ 'hello'.index('e') }} {{ 'hello'.count('l') }} {{ 'hello'.find('l', 3) }} {{ 'aaa'.count('') }}", "{{ 'hello'.index('z') }}", "{{ '123'.isdigit() }} {{ '12a'.isdigit() }} {{ ''.isdigit() }} {{ 'abc'.isalpha() }} {{ 'ab1'.isalnum() }} {{ ' '.isspace() }} {{ 'abc'.islower() }} {{ 'ABC'.isupper() }} {{ 'Abc Def'.istitle() }} {{ 'a1'.isidentifier() }}", "{{ '42'.zfill(5) }} {{ '-42'.zfill(5) }} {{ 'a'.ljust(3) }}|{{ 'a'.rjust(3, '.') }}|{{ 'ab'.center(5, '*') }}|{{ 'a'.center(4) }}|", "{{ 'a-b-c'.partition('-') }} {{ 'a-b-c'.rpartition('-') }} {{ 'abc'.partition('-') }}", "{{ 'prefix-x'.removeprefix('prefix-') }} {{ 'x.txt'.removesuffix('.txt') }}",
     "{{ '{} {}'.format(1, 'a') }} {{ '{0}{1}{0}'.format('x', 'y') }} {{ '{a}-{b}'.format(a=1, b=[2]) }} {{ '{:>5}|{:<5}|{:^5}|'.format('a', 'b', 'c') }} {{ '{:05d} {:+d} {:,} {:x} {:#b}'.format(42, 5, 1234567, 255, 5) }} {{ '{:.2f} {:8.3f}| {:e} {:g} {:%}'.format(3.14159, 2.5, 12345.678, 0.0001, 0.25) }} {{ '{{}}'.format() }} {{ '{!r} {!s}'.format('a', 'b') }} {{ '{0.k} {0[num]} {1[0]}'.format(d, nums) }} {{ '{:{}}|'.format('a', 4) }} {{ '{:.2}'.format('abc') }} {{ '{:*^9}'.format('mid') }}", "{{ '{} {}'.format(1) }}", "{{ '{a}'.format(b=1) }}", "{{ '{'.format() }}", "{{ '}'.format() }}", "{{ '{0} {}'.format(1, 2) }}", "{{ '{:d}'.format('a') }}", "{{ '{:d}'.format(1.5) }}", "{{ '{:s}'.format(1) }}", "{{ '{0.__class__}'.format(1) }}", "{{ n }}",
     "{{ d.get('k') }} {{ d.get('x') }} {{ d.get('x', 'y') }} {{ d.get('num') + 1 }}", "{{ n }}", "{{ d.deep.keys() | list }} {{ d.deep.values() | list }} {{ d.deep.items() | list }}", "{{ nums.index(1) }} {{ nums.count(1) }} {{ (1, 2).index(2) }} {{ (1, 1).count(1) }}", "{{ nums.index(9) }}", "{{ (2.0).is_integer() }} {{ half.is_integer() }} {{ n.bit_length() }}", "{{ 'a'.nope() }}", "{{ nums.nope }}", "{{ d.nope() }}", "{{ 'x'.upper.y }}", "{{ name.split('-')[1] | int + 1 }}", "{{ path.split('/')[-1].split('.')[0] }}", "{{ (name ~ '.x').upper() }}")
# sandbox
text("{{ ''.__class__ }}", "{{ nums.__class__ }}", "{{ d.__class__ }}", "{{ n.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ d.__proto__ }}", "{{ d.constructor }}", "{{ nums.constructor }}", "{{ d.toString }}", "{{ constructor }}", "{{ __proto__ }}", "{{ toString }}", "{{ d['__class__'] }}", "{{ d['__proto__'] }}", "{{ ''['__class__'] }}", "{{ ''.__class__ is defined }}", "{{ ''._x }}", "{{ range.__globals__ }}", "{{ range(100001) }}", "{{ range(10000000000) }}", "{{ range(0, 3) }} {{ range(5, 0, -2) | list }} {{ range(3) | list }}", "{{ range('a') }}", "{{ range() }}", "{{ range(1, 2, 0) }}", "{{ dict(a=1, b=2) }} {{ dict([('a', 1)]) }} {{ dict(d.deep, x=1) }}", "{{ none.__class__ }}", "{{ ''.__nope__ }}", "{{ nums.__len__ }}", "{{ d.hasOwnProperty }}", "{{ nums.length }}", "{{ text.length }}")
# statements
text("{% if n == 7 %}seven{% elif n == 8 %}eight{% else %}other{% endif %}", "{% if n == 8 %}seven{% elif n == 7 %}eight{% else %}other{% endif %}", "{% if no %}a{% elif no %}b{% else %}c{% endif %}", "{% if no %}a{% endif %}|", "{% if yes and (n > 3 or no) %}a{% endif %}", "{% if nums %}{% if d.k %}x{% endif %}{% endif %}", "{% if 1, %}t{% endif %}", "{% if %}{% endif %}", "{% if yes %}", "{% endif %}", "{% else %}", "{% if yes %}{% endfor %}", "{% foo %}", "{% %}", "{% if yes %}{% foo %}{% endif %}", "{% 5 %}", "{% if yes x %}{% endif %}",
     "{% set x = 5 %}{{ x }}", "{% set x = 5 %}{% set x = x + 1 %}{{ x }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set a, b = [1] %}", "{% set a, b = [1, 2, 3] %}", "{% set a, b = 5 %}", "{% set x = nums | sort %}{{ x[0] }}", "{% if yes %}{% set x = 1 %}{% endif %}{{ x }}", "{% if no %}{% set x = 1 %}{% endif %}{{ x }}", "{% set n = n + 1 %}{{ n }}", "{% set true = 1 %}", "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{{ ns.a }}", "{% set d.x = 1 %}", "{% set ns = namespace() %}{{ ns.y }}", "{% set x %}", "{% set x %}a{{ n }}b{% endset %}[{{ x }}]", "{% set x %}\n  a\n{% endset %}\n{{ x | trim }}", "{% set x %}{% set y = 1 %}{% endset %}{{ y is defined }}", "{% endset %}", "{% set 5 = 1 %}",
     "{% for x in nums %}{{ x }},{% endfor %}", "{% for x in none_list %}{{ x }}{% else %}empty{% endfor %}", "{% for k, v in d.deep.items() %}{{ k }}={{ v }}{% endfor %}", "{% for x in nums %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}", "{% for x in nums if x > 1 %}{{ loop.index }}:{{ x }} {% endfor %}", "{% for x in nums %}{{ loop.cycle('a', 'b') }}{% endfor %}", "{% for x in [1, 1, 2] %}{{ loop.changed(x) }} {% endfor %}", "{% for x in nums %}{{ loop.previtem | default('-') }}<{{ x }}>{{ loop.nextitem | default('-') }} {% endfor %}", "{% set x = 0 %}{% for i in nums %}{% set x = x + i %}{% endfor %}{{ x }}", "{% set ns = namespace(t=0) %}{% for i in nums %}{% set ns.t = ns.t + i %}{% endfor %}{{ ns.t }}", "{% for row in [[1, 2], [3]] %}{% for c in row %}{{ loop.index }}{{ c }}{% endfor %};{% endfor %}", "{% for a, b in [[1, 2], [3]] %}{{ a }}{% endfor %}", "{% for x in 5 %}{% endfor %}", "{% for c in 'abc' %}{{ c }}.{% endfor %}", "{% for k in d.deep %}{{ k }}{% endfor %}", "{% for x in nums %}\n  - {{ x }}\n{% endfor %}\nend", "{% for x in nums %}{% if loop.last %}{{ x }}{% endif %}{% endfor %}", "{% for x in nums %}{{ y }}{% endfor %}", "{% for x in nums %}{% endfor %}{{ x }}", "{{ loop }}", "{% for x in range(3) %}{{ x }}{% endfor %}", "{% for x nums %}{% endfor %}", "{% for x in nums | sort | reverse %}{{ x }}{% endfor %}", "{% for (a, b) in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}", "{% for x in nums %}{{ loop.nope }}{% endfor %}", "{% do x %}", "{% break %}")
# syntax errors
text("{{ }}", "{{", "{{ x", "{{ x }", "{% if x", "{# x", "{% raw %}x", "{{ 1 + }}", "{{ + }}", "{{ x. }}", "{{ x.'a' }}", "{{ x[ }}", "{{ x[1 }}", "{{ (1 }}", "{{ 1) }}", "{{ [1}] }}", "{{ {'a' 1} }}", "{{ {'a': } }}", "{{ 'abc }}", "{{ x y }}", "{{ 1 2 }}", "{{ x | }}", "{{ x | 5 }}", "{{ x is }}", "{{ f(a=1, 2) }}", "{{ f(1 2) }}", "{{ f(,) }}", "{{ f(**a, *b) }}", "{{ $x }}", "{{ x ? 1 : 2 }}", "{{ x && y }}", "{{ !x }}", "{{ x = 1 }}", "{{ 01 }}", "{{ 1.2.3 }}", "{{ [x for x in y] }}", "{{ lambda: 1 }}", "{{ a..b }}", "{{ ; }}", "{{ x; }}", "{{ not }}", "{{ if }}", "{{ x if }}", "{{ x not y }}", "{{ x is not }}", "{{ '\\x4' }}", "{{ a,, b }}", "{{ é }}", "{{ x }} {{ y z }}", "line\n\n{{ 1 + }}", "{{ :x }}", "{{ x[::] }}{{ }}", "{{ x[1:2:3:4] }}", "{{ \"a' }}", "{{ x |upper |}}", "{{ f(a.b=1) }}", "{{ f(1,) }}{{ }}")
# undefined in lenient mode
text("{{ missing }}|", "{{ d.missing }}|", "a{{ missing }}b{{ n }}", "{{ missing | default('x') }}", "{{ missing.foo }}", "{{ missing | int }}", "{{ missing == missing2 }} {{ missing == '' }} {{ missing == none }}", "{{ [] | first }}|", "{{ nums[9] }}|{{ nothing.x }}|", modes=("lenient",))
# native values
native("n", "nums", "d.deep", "nothing", "yes", "7 / 2", "10 / 5", "7 // 2", "2 ** 100", "'a' ~ 1", "nums | sort", "words | map('upper')", "nums | select('odd')", "range(3)", "d.deep.keys()", "d.deep.items()", "d.deep.items() | list", "(1, 2)", "()", "{}", "[]", "{'a': (1, 2.0)}", "{1: 2}", "missing", "d.missing", "nums[9]", "'x' if no", "missing is defined", "missing | default(none)", "missing.x", "1 if yes else 2", "not n", "n and 0", "'5' | int", "'5' | float", "nums | length", "json | from_json_string", "1 == 1.0", "'a' in 'abc'", "nums | join(',')", "true", "none", "1.0", "1e3", "'é'", "5 | string", "n is odd", "nums | first", "[] | first", "nums | unique", "people | map(attribute='age')", "text[4:9]", "1, 2", "1 2", "", "n }}", "{{ n }}", "nums | sum", "2.5 | round", "7 | round", "-n", "nums[::-1]", "range", "d.get('zz')", "'%d' is string", "[n]", modes=("strict",))
native("missing", "d.missing", "missing == 1", "missing | list", modes=("lenient",))
# names
names("{{ a }}", "{{ a.b.c }}", "{{ a + b }} {{ c(d, e=f) }}", "{{ a | default(b) }}", "{{ x is divisibleby y }}", "{% if a %}{{ b }}{% else %}{{ c }}{% endif %}", "{% set a = 1 %}{{ a }}", "{{ a }}{% set a = 1 %}", "{% if x %}{% set a = 1 %}{% elif y %}{% set a = 2 %}{% else %}{% set a = 3 %}{% endif %}{{ a }}", "{% set a = 1 %}{% if x %}{% set a = 2 %}{% endif %}{{ a }}", "{% if x %}{% set a = 1 %}{{ a }}{% endif %}", "{% if x %}{% set a = 1 %}{% endif %}{{ a }}", "{% if x %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}", "{% for i in xs %}{{ i }}{{ loop.index }}{{ y }}{% endfor %}{{ i }}", "{{ range(n) }} {{ dict() }} {{ namespace }}", "{{ true }} {{ none }} {{ None }}", "{{ 'a' }} text", "{% raw %}{{ a }}{% endraw %}{# {{ b }} #}", "{{ [a, {b: c}, (d,)] }}", "{{ a[b:c:d] }}", "{{ a if b else c }}", "{{ f(*a, **b) }}", "{% for a, b in c if a %}{{ b }}{% else %}{{ d }}{% endfor %}", "{{ st2kv.system.x }} {{ config_context.y }}", "{% set a = a %}", "{% set a %}{{ b }}{% endset %}{{ a }}", "{% set ns = namespace(x=1) %}{% set ns.x = y %}", "{{ a }} {{ a }} {{ b.a }}", "{{ not a and b or c }} {{ -d }} {{ e < f in g }}")

print('{"recorded_with": "Jinja2 %s, Python %s", "context": ' % (jinja2.__version__, sys.version.split()[0]) + json.dumps(encode(CONTEXT)) + ', "cases": [')
shared = encode(CONTEXT)
for one in CASES:
    if one["context"] == shared:
        one["context"] = "shared"
seen = set()
unique = []
for one in CASES:
    key = (one["kind"], one["source"], one["undefined"], json.dumps(one["context"]))
    if key not in seen:
        seen.add(key)
        unique.append(one)
print(",\n".join(json.dumps(one) for one in unique))
print("]}")
