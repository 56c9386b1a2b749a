import { readFileSync } from 'node:fs'
import { KeyPathNode, MissingKeyError, platformEnvironment } from '@st2/expressions'
import { equals, parseJson, repr } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { compileKey } from './criterion-key.ts'
import { compilePattern } from './criterion-pattern.ts'
import { StepBudget } from './step-budget.ts'

type Expected = { value: unknown } | { fails: string }

interface Recording {
  readonly payload: Record<string, unknown>
  readonly keys: readonly (readonly [string, Expected])[]
  readonly patterns: readonly (readonly [string, Expected])[]
}

const file = new URL('../conformance/keys-and-patterns.json', import.meta.url)
const { payload, keys, patterns } = parseJson(readFileSync(file, 'utf8')) as Recording
const scope = { name: 'trigger', value: payload } as const

describe('keys of criteria, as jsonpath-rw finds them', () => {
  for (const [key, expected] of keys) {
    it(`${JSON.stringify(key)} leads where it leads in Python`, () => {
      expect(compare(() => compileKey(key).read(scope, new StepBudget()), expected)).toBe('same')
    })
  }
})

describe('patterns of criteria, as Jinja renders them', () => {
  for (const [pattern, expected] of patterns) {
    it(`${JSON.stringify(pattern)} becomes what it becomes in Python`, () => {
      expect(
        compare(() => compilePattern(pattern, platformEnvironment).render(scope, null, new StepBudget()), expected),
      ).toBe('same')
    })
  }

  it('that are no text are what they are', () => {
    for (const pattern of [5, true, ['{{ x }}'], { a: '{{ x }}' }, null]) {
      expect(compilePattern(pattern, platformEnvironment).render(scope, null, new StepBudget())).toEqual(pattern)
    }
  })

  it('ask for items of the datastore by both names and keep them text', () => {
    const st2kv = new KeyPathNode('st2kv', new Map([['system.n', '5']]))
    for (const pattern of ['{{ st2kv.system.n }}', '{{ system.n }}', '{{ st2kv.system.n | string }}']) {
      expect(compilePattern(pattern, platformEnvironment).render(scope, st2kv, new StepBudget())).toBe('5')
    }
    const missing = () =>
      compilePattern('{{ st2kv.system.other }}', platformEnvironment).render(scope, st2kv, new StepBudget())
    expect(missing).toThrow(MissingKeyError)
  })
})

describe('a key that names the datastore', () => {
  it('leads to an object that is there and equals nothing', () => {
    for (const key of ['system.x', '$.system.x', "system['x']", 'system']) {
      const found = compileKey(key).read(scope, new StepBudget())
      expect(found).not.toBeNull()
      expect(equals(found, '')).toBe(false)
      expect(equals(found, compileKey(key).read(scope, new StepBudget()))).toBe(false)
    }
  })
})

function compare(compute: () => unknown, expected: Expected): string {
  try {
    const value = compute()
    return 'value' in expected && repr(value) === repr(expected.value)
      ? 'same'
      : `${repr(value)}, not ${repr(expected)}`
  } catch (error) {
    return 'fails' in expected ? 'same' : `${String(error)}, not ${repr(expected)}`
  }
}
