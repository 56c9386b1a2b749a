import { PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { cpuMs } from '../../test/cpu-time.ts'
import { ExpressionLimitError } from '../limits.ts'
import { renderTemplate } from './template.ts'

const LONG = 'x y '.repeat(1_000_000)
const NESTED = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner, inner], [1])
const CONTEXT = { lst: [1], d: { a: 1 }, s: 'text', long: LONG, nested: NESTED }

function error(source: string): unknown {
  try {
    return renderTemplate(source, CONTEXT)
  } catch (caught) {
    return caught
  }
}

describe('hostile statements', () => {
  it.each([
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'depth'],
    ['{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}', 'depth'],
    ['{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}', 'steps'],
    ['{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}', 'depth'],
    ['{% block a %}{{ self.a() }}{% endblock %}', 'depth'],
    ['{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}', 'depth'],
    ['{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}', 'depth'],
    ['{% for i in range(99999) %}{% filter upper %}{{ long }}{% endfilter %}{% endfor %}', 'outputLength'],
    ['{% for i in range(99999) %}{% set x = long | wordwrap(5) %}{% endfor %}', 'steps'],
    ['{% for i in range(99999) %}{% set x = long | urlize %}{% endfor %}', 'steps'],
    ['{% for i in range(99999) %}{% set x = long | striptags | e %}{% endfor %}', 'steps'],
    ['{% for i in range(99999) %}{% set x = long.upper().lower() %}{% endfor %}', 'steps'],
    ['{% for i in range(99999) %}{% set x = long == long ~ "x" %}{% endfor %}', 'steps'],
    ['{% for i in range(99999) %}{% set x = (long | safe) + "<" %}{% endfor %}', 'steps'],
    ['{{ nested }}', 'steps'],
    ['{{ nested | pprint }}', 'steps'],
    ['{{ nested | tojson }}', 'steps'],
    ['{{ nested | to_json_string }}', 'steps'],
    ['{{ nested | upper }}', 'steps'],
    ['{{ nested == nested }}', 'steps'],
    ["{{ '' ~ nested }}", 'steps'],
    ['{{ lst | batch(9999999, 0) | list }}', 'steps'],
    ['{{ lst | slice(999999999) | list }}', 'steps'],
    ['{{ lst | batch(99999999, 0) | list }}', 'outputLength'],
    ["{{ (('<' | e) * 9999999) | e }}", 'outputLength'],
    ["{{ ('%s' | safe) % ('<' * 9999999) }}", 'outputLength'],
    ["{{ 'a\\nb' | indent(99999999) }}", 'outputLength'],
    ["{{ ('a' * 60 ~ '!') | regex_replace('(a+)+$', '') }}", 'steps'],
    ["{{ ('a' * 60 ~ '!') | regex_substring('(a*)*b') }}", 'steps'],
    ['{% autoescape true %}{% for i in range(99999) %}{{ long }}{% endfor %}{% endautoescape %}', 'outputLength'],
    [
      '{% set ns = namespace(s=("x" | e)) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}',
      'outputLength',
    ],
  ])('%s stops at its limit of %s within a second', (source, limit) => {
    const start = cpuMs()
    const caught = error(source)
    expect(caught).toBeInstanceOf(ExpressionLimitError)
    expect(caught).toMatchObject({ limit })
    expect(cpuMs() - start).toBeLessThan(1_000)
  })

  it.each([
    ["{{ s | attr('constructor') }}", "'str object' has no attribute 'constructor'"],
    ["{{ d | attr('__proto__') }}", "'dict object' has no attribute '__proto__'"],
    ["{{ d | attr('__class__') }}", "access to attribute '__class__' of 'dict' object is unsafe."],
    ["{{ ('a' | e).constructor }}", "'markupsafe.Markup object' has no attribute 'constructor'"],
    ["{{ ('a' | e).text }}", "'markupsafe.Markup object' has no attribute 'text'"],
    ['{% macro m() %}{% endmacro %}{{ m.run }}', "'jinja2.runtime.Macro object' has no attribute 'run'"],
    ["{{ cycler('a').run }}", "'jinja2.utils.Cycler object' has no attribute 'run'"],
    ["{{ ('{0.__class__}' | safe).format(1) }}", "access to attribute '__class__' of 'int' object is unsafe."],
    ["{{ lst | map(attribute='constructor') | list | first }}", "'int object' has no attribute 'constructor'"],
    ["{{ [d] | map(attribute='__proto__') | first }}", "'dict object' has no attribute '__proto__'"],
    ['{{ self.constructor }}', "'jinja2.runtime.TemplateReference object' has no attribute 'constructor'"],
    ['{{ d | tojson(999999999) }}', 'the expression exceeds its limit of formatWidth (10000)'],
    ['{{ d | to_json_string(999999999) }}', 'the expression exceeds its limit of formatWidth (10000)'],
    ["{{ d | jsonpath_query('(' * 5000) }}", 'the expression exceeds its limit of valueDepth (500)'],
    ["{% include '/etc/passwd' %}", 'no loader for this environment specified'],
    ['{{ lipsum(99999999) }}', "function 'lipsum' is not available: its text is random"],
    ['{{ lst | random }}', "filter 'random' has no source of random values here"],
  ])('%s reaches nothing', (source, message) => {
    expect(error(source)).toMatchObject({ message })
  })

  it.each([
    ['macros', `${'{% macro m() %}'.repeat(20_000)}`],
    ['calls', `${'{% call m() %}'.repeat(20_000)}`],
    ['filter blocks', `${'{% filter upper %}'.repeat(20_000)}`],
    ['with', `${'{% with %}'.repeat(20_000)}`],
    ['blocks', Array.from({ length: 20_000 }, (_, at) => `{% block b${at} %}`).join('')],
    ['filters of a block', `{% filter upper${'|upper'.repeat(200_000)} %}{% endfilter %}`],
  ])('many %s end in an error of the language', (_name, source) => {
    const start = cpuMs()
    const caught = error(source)
    expect(cpuMs() - start).toBeLessThan(1_500)
    expect(typeof caught === 'string' || caught instanceof PythonError).toBe(true)
  })
})
