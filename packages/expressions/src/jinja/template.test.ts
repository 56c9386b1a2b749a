import { describe, expect, it } from 'vitest'
import {
  CompiledExpression,
  evaluateExpression,
  isTemplate,
  parseTemplate,
  renderTemplate,
  undeclaredNames,
} from './template.ts'
import { TemplateAssertionError } from './errors.ts'
import { Environment } from './environment.ts'
import { PyFunction } from './objects.ts'
import { filter } from './registry.ts'
import { Undefined } from './undefined.ts'

function failure(source: string): unknown {
  try {
    return parseTemplate(source)
  } catch (error) {
    return error
  }
}

describe('templates', () => {
  it('are parsed once and rendered many times', () => {
    const template = parseTemplate('hello {{ name }}')
    expect(['bo', 'al'].map((name) => template.render({ name }))).toEqual(['hello bo', 'hello al'])
  })

  it('name line and column of a mistake', () => {
    expect(failure('one\ntwo {{ 1 + }}\n')).toMatchObject({ name: 'TemplateSyntaxError', line: 2, column: 12 })
    expect(failure('{{ x | nope }}')).toMatchObject({ name: 'TemplateAssertionError', line: 1, column: 8 })
  })

  it('find an unknown filter before anything is evaluated', () => {
    expect(failure('{{ 1 | nope }}')).toBeInstanceOf(TemplateAssertionError)
    expect(failure('{{ 1 is nope }}')).toBeInstanceOf(TemplateAssertionError)
  })

  it.each(['extends', 'include', 'import'])('cannot reach other templates: %s', (statement) => {
    const target = statement === 'import' ? ' as x' : ''
    expect(() => renderTemplate(`{% ${statement} '/etc/passwd'${target} %}`, {})).toThrow(
      'no loader for this environment specified',
    )
  })

  it('are recognised by their braces', () => {
    expect(['a {{ b }}', '{% if a %}', '{{', 'a { b', '', 5, null].map(isTemplate)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it('list the names they need in order of appearance', () => {
    expect(undeclaredNames('{{ b.x }}{{ a | default(c) }}{{ b }}{{ range(n) }}')).toEqual(['b', 'a', 'c', 'n'])
  })

  it('do not change the values they are given', () => {
    const context = { list: [3, 1, 2], map: { b: 1, a: 2 } }
    const before = structuredClone(context)
    renderTemplate('{{ list | sort }}{{ list | reverse | list }}{% set list = 5 %}{{ map | tojson }}', context)
    expect(context).toEqual(before)
  })

  it('use the filters, functions and names of another environment', () => {
    const environment = new Environment({
      filters: {
        shout: filter('shout', ['value', ['mark', '!']], ([value, mark]) => `${String(value)}${String(mark)}`),
      },
      globals: { ctx: new PyFunction('ctx', ({ args, kwargs }) => [...args, kwargs['key'] ?? null]) },
    })
    expect(renderTemplate("{{ 'a' | shout(mark='?') }}{{ ctx('x', key=1) }}", {}, { environment })).toBe("a?['x', 1]")
    expect(() => renderTemplate("{{ 'a' | shout }}", {})).toThrow("No filter named 'shout'.")
  })
})

describe('expressions', () => {
  it('give native values', () => {
    expect(evaluateExpression("items | map('upper')", { items: ['a'] })).toEqual(['A'])
    expect(evaluateExpression('a.b', { a: { b: null } })).toBeNull()
  })

  it('are compiled once and evaluated many times', () => {
    const expression = new CompiledExpression('a + b')
    expect(expression.undeclaredNames).toEqual(['a', 'b'])
    expect([1, 2].map((a) => expression.evaluate({ a, b: 1 }))).toEqual([2, 3])
  })

  it('give an Undefined where a name does not exist', () => {
    const value = evaluateExpression('a.b', { a: {} })
    expect(value).toBeInstanceOf(Undefined)
    expect(value instanceof Undefined && value.error().message).toBe("'dict object' has no attribute 'b'")
  })
})
