import { describe, expect, it } from 'vitest'
import { MissingKeyError } from '../missing-key.ts'
import { KeyPathNode } from './objects.ts'
import { evaluateExpression, renderTemplate } from './template.ts'

function datastore(known: Record<string, unknown>): Record<string, unknown> {
  return { st2kv: new KeyPathNode('st2kv', new Map(Object.entries(known))) }
}

function missing(source: string, known: Record<string, unknown> = {}): unknown {
  try {
    return renderTemplate(source, datastore(known))
  } catch (error) {
    return error instanceof MissingKeyError ? [error.source, error.key] : error
  }
}

/** What the engine does: fetch what is missing, evaluate again. */
function renderFetching(source: string, stored: Record<string, unknown>): { text: string; fetched: string[] } {
  const known = new Map<string, unknown>()
  for (;;) {
    try {
      return { text: renderTemplate(source, { st2kv: new KeyPathNode('st2kv', known) }), fetched: [...known.keys()] }
    } catch (error) {
      if (!(error instanceof MissingKeyError)) throw error
      known.set(error.key, stored[error.key] ?? '')
    }
  }
}

describe('a look-up', () => {
  it('ends the evaluation with the key that must be fetched', () => {
    expect(missing('{{ st2kv.system.x }}')).toEqual(['st2kv', 'system.x'])
    expect(missing('{{ st2kv.system.a.b.c }}')).toEqual(['st2kv', 'system.a.b.c'])
    expect(missing("{{ st2kv['system']['a'] }}")).toEqual(['st2kv', 'system.a'])
  })

  it.each(['| int', '| default("x")', '| upper', '| to_complex', "~ 'a'", 'in ["a"]', '| regex_match("a")', 'and 1'])(
    'is not swallowed by %s',
    (use) => {
      expect(missing(`{{ st2kv.system.x ${use} }}`)).toEqual(['st2kv', 'system.x'])
    },
  )

  it('gives its value once it is known', () => {
    expect(missing('{{ st2kv.system.x }}-{{ st2kv.system.x | int + 1 }}', { 'system.x': '5' })).toBe('5-6')
    expect(evaluateExpression('st2kv.system.x', datastore({ 'system.x': '5' }))).toBe('5')
  })

  it('is asked for only where the template comes by', () => {
    expect(missing('{% if false %}{{ st2kv.system.x }}{% else %}no{% endif %}')).toBe('no')
    expect(missing('{{ st2kv.system.x is defined }}', { 'system.x': '' })).toBe('True')
  })

  it('leads to the result by fetching and evaluating again', () => {
    const rendered = renderFetching('{{ st2kv.system.a }}{{ st2kv.user.b }}{{ st2kv.system.a }}', { 'system.a': '1' })
    expect(rendered).toEqual({ text: '11', fetched: ['system.a', 'user.b'] })
  })

  it('may also answer names the context does not have', () => {
    const lookup = (name: string): unknown => (name === 'extra' ? { x: 1 } : undefined)
    expect(renderTemplate('{{ extra.x }}{{ own }}', { own: null }, { lookup })).toBe('1None')
    expect(() => renderTemplate('{{ other }}', {}, { lookup })).toThrow("'other' is undefined")
  })
})
