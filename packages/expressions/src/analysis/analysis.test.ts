import { describe, expect, it } from 'vitest'
import { BUILTIN_FILTERS } from '../jinja/filters/builtin.ts'
import { GLOBALS } from '../jinja/globals.ts'
import { FILTER_HELP, GLOBAL_HELP, TEST_HELP } from '../jinja/help.ts'
import { BUILTIN_TESTS } from '../jinja/tests.ts'
import { analyseExpression } from './analyse-expression.ts'
import { jinjaCompletions, yaqlCompletions } from './completions.ts'

function names(text: string, language: 'yaql' | 'jinja'): string[] {
  return analyseExpression(text, language).names.map(
    ({ kind, name, line, column }) => `${line}:${column} ${kind} ${name}`,
  )
}

describe('the analysis of a text', () => {
  it('finds the names of a template with their kinds and places', () => {
    expect(names("a {{ user.name | upper }}\n{% if ctx('x') is defined %}{{ y }}{% endif %}", 'jinja')).toEqual([
      '1:6 name user',
      '1:18 filter upper',
      '2:7 function ctx',
      '2:16 test defined',
      '2:32 name y',
    ])
  })

  it('looks into every statement', () => {
    const text =
      '{% macro m(p=a) %}{{ b }}{% endmacro %}{% call m(c) %}{{ d }}{% endcall %}{% with x=e %}{{ f }}{% endwith %}' +
      '{% filter replace(g, h) %}{{ i }}{% endfilter %}{% set j %}{{ k }}{% endset %}{% block l %}{{ n }}{% endblock %}' +
      '{% for o in q if r %}{{ s }}{% else %}{{ t }}{% endfor %}{% print u %}{% autoescape v %}{{ w }}{% endautoescape %}'
    const found = analyseExpression(text, 'jinja').names.filter(({ kind }) => kind === 'name')
    expect(found.map(({ name }) => name).join('')).toBe('abcdefghiknqrstuvw')
  })

  it('finds the names of queries', () => {
    expect(names('x <% ctx().a.where($.k = b).len() + $n %>\n<% item(c) %>', 'yaql')).toEqual([
      '1:6 function ctx',
      '1:12 attribute a',
      '1:14 method where',
      '1:20 name $',
      '1:22 attribute k',
      '1:29 method len',
      '1:37 name $n',
      '2:4 function item',
    ])
  })

  it('names line and column of mistakes', () => {
    expect(analyseExpression('ok\n  {{ 1 + }}', 'jinja').mistakes).toMatchObject([{ line: 2, column: 10 }])
    expect(analyseExpression('ok <% a %>\n  <% 1 + ) %>', 'yaql').mistakes).toMatchObject([
      { line: 2, column: 10, expression: '<% 1 + ) %>' },
    ])
    expect(analyseExpression('{{ a }}', 'jinja').mistakes).toEqual([])
  })

  it('ends on nesting without end in a mistake', () => {
    expect(analyseExpression(`{{ ${'('.repeat(20_000)} }}`, 'jinja').mistakes).toHaveLength(1)
    expect(analyseExpression(`<% ${'('.repeat(20_000)} %>`, 'yaql').mistakes).toHaveLength(1)
  })
})

describe('completions', () => {
  it('have help for every filter, test and function of Jinja, and for no other', () => {
    expect(Object.keys(FILTER_HELP).sort()).toEqual(Object.keys(BUILTIN_FILTERS).sort())
    expect(Object.keys(TEST_HELP).sort()).toEqual(Object.keys(BUILTIN_TESTS).sort())
    expect(Object.keys(GLOBAL_HELP).sort()).toEqual(Object.keys(GLOBALS).sort())
  })

  it('show signatures without what is piped in', () => {
    const all = jinjaCompletions('workflow')
    const of = (name: string, kind: string): string[] =>
      all.filter((one) => one.name === name && one.kind === kind).map(({ signature }) => signature)
    expect(of('replace', 'filter')).toEqual(['replace(old, new, count=None)'])
    expect(of('regex_match', 'function')).toEqual(['regex_match(value, pattern, ignorecase=False)'])
    expect(of('regex_match', 'filter')).toEqual(['regex_match(pattern, ignorecase=False)'])
    expect(of('st2kv', 'function')).toEqual(['st2kv(key, **kwargs)'])
    expect(of('to_complex', 'filter')).toEqual([])
    expect(all.every(({ help }) => help.endsWith('.'))).toBe(true)
  })

  it('know what only templates or only workflows have', () => {
    const names = (place: 'workflow' | 'template'): string[] => jinjaCompletions(place).map(({ name }) => name)
    expect(names('template')).toEqual(expect.arrayContaining(['to_complex', 'decrypt_kv']))
    expect(names('workflow')).toEqual(expect.arrayContaining(['ctx', 'st2kv', 'json_dump']))
    expect(names('template')).not.toContain('ctx')
  })

  it('list the functions and methods of YAQL, those of workflows among them', () => {
    const all = yaqlCompletions()
    expect(all.filter(({ name }) => name === 'ctx')).toEqual([
      {
        name: 'ctx',
        kind: 'function',
        signature: 'ctx(key=null)',
        help: 'A variable of the workflow, or all of them.',
      },
    ])
    expect(all.some(({ name, kind }) => name === 'where' && kind === 'method')).toBe(true)
    expect(all.every(({ help }) => help !== '')).toBe(true)
  })
})
