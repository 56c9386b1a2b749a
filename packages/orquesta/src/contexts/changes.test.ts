import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Changes } from './changes.ts'
import { ContextPath } from './context-path.ts'
import { applied } from './patch.ts'
import { Variables } from './variables.ts'

/** Mappings merged from left to right, as upstream defines a task's context. */
function merged(left: unknown, right: unknown): unknown {
  if (!isRecord(left) || !isRecord(right)) return right
  const result = { ...left }
  for (const [key, value] of Object.entries(right)) result[key] = key in result ? merged(result[key], value) : value
  return result
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, fc.constantFrom(null, 1, 'x', [1]), tie('mapping')),
  mapping: fc.dictionary(fc.constantFrom('p', 'q', 'r'), tie('any'), { maxKeys: 3 }),
})).any
const context = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { maxKeys: 3 })

function variablesOf(initial: Record<string, unknown>, changes: Changes): Record<string, unknown> {
  return Object.fromEntries(new Variables(initial, changes))
}

describe('variables along a path', () => {
  it('are those of all contexts merged one after another, however many layers there are', () => {
    fc.assert(
      fc.property(context, fc.array(context, { maxLength: 150 }), (initial, published) => {
        let path = ContextPath.ROOT
        for (const [at, variables] of published.entries()) path = path.published(at + 1, Object.entries(variables))
        const expected = published.reduce(merged, initial)
        expect(variablesOf(initial, path.changes)).toEqual(expected)
        expect(path.rows()).toEqual([0, ...published.keys().map((at) => at + 1)])
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('are merged once more with all that a later arrival brings', () => {
    const contexts = fc.array(context, { maxLength: 5 })
    fc.assert(
      fc.property(context, contexts, contexts, contexts, (initial, common, left, right) => {
        const rows = [initial, ...common, ...left, ...right]
        const extend = (start: ContextPath, from: number, more: readonly Record<string, unknown>[]) =>
          more.reduce<ContextPath>((path, variables, at) => path.published(from + at, Object.entries(variables)), start)
        const fork = extend(ContextPath.ROOT, 1, common)
        const first = extend(fork, 1 + common.length, left)
        const second = extend(fork, 1 + common.length + left.length, right)
        const join = first.joinedBy(second)
        expect(join.rows()).toEqual([...first.rows(), ...second.rows().slice(1)])
        const expected = join.rows().reduce<unknown>((before, row) => merged(before, rows[row]), {})
        expect(variablesOf(initial, join.changes)).toEqual(expected)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('share what they have in common: a hundred diamonds in a row cost a hundred times one', () => {
    let path = ContextPath.ROOT
    for (let diamond = 0; diamond < 100; diamond++) {
      const left = path.published(2 * diamond + 1, [[`l${diamond % 5}`, diamond]])
      const right = path.published(2 * diamond + 2, [[`r${diamond % 5}`, diamond]])
      path = left.joinedBy(right)
    }
    // the later arrival also brings back what was there before the fork
    expect(variablesOf({}, path.changes)).toMatchObject({ r4: 99, r0: 95, l4: 4, l0: 0 })
    expect(() => path.rows()).toThrow('MAX_EXPORTED_CONTEXTS (1000000)')
  })

  it('look like any mapping and can not be changed', () => {
    const changes = Changes.NONE.with([['b', { x: 1 }]])
    const variables = new Variables({ a: 1, b: { y: 2 } }, changes, { __item: null })
    expect([...variables.keys()]).toEqual(['a', 'b', '__item'])
    expect(variables.size).toBe(3)
    expect([variables.get('b'), variables.has('c'), variables.get('c')]).toEqual([{ y: 2, x: 1 }, false, undefined])
    expect(variables.over({ a: 2 }).get('a')).toBe(2)
    expect(() => Map.prototype.clear.call(variables)).not.toThrow()
    expect(variables.size).toBe(3)
    expect(applied(undefined, { x: 1 })).toEqual({ x: 1 })
  })
})
