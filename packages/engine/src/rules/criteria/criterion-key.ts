import { JsonPath } from '@st2/expressions'
import { getKey, hasKey, isDict, PyObject } from '@st2/python-values'
import type { StepBudget } from './step-budget.ts'

/** What keys and patterns of a criterion may name: `trigger`, or `item` inside of `search`. */
export interface CriterionScope {
  readonly name: 'trigger' | 'item'
  readonly value: unknown
}

/** Where a criterion looks. */
export interface CriterionKey {
  /** Names from the scope's name on, when the path is nothing but names: what an index can go by. */
  readonly names: readonly string[] | null
  /** The first value it leads to; null when there is none. @throws PythonError for a key that is no path */
  read(scope: CriterionScope, budget: StepBudget): unknown
}

/** What `system.x` leads to in a key: an object that equals nothing. @source services.md 2.3 */
class SystemLookUp extends PyObject {
  readonly pyType = 'KeyValueLookup'

  pyRepr(): string {
    return '<KeyValueLookup>'
  }
}

const SYSTEM = /^\s*(?:\$\s*\.\s*)?system\s*(?:[.[]|$)/
const NAME = /^[a-zA-Z_@][a-zA-Z0-9_@-]*$/

/** A key is a JSONPath; what stands from `#` on only tells several keys of one path apart. */
export function compileKey(key: string): CriterionKey {
  const path = key.split('#', 1)[0] ?? ''
  if (SYSTEM.test(path)) return { names: null, read: () => new SystemLookUp() }
  const names = plainNames(path)
  if (names !== null) return { names, read: (scope) => readNames(names, scope) }
  return { names: null, read: pathReader(path) }
}

/** The names of `trigger.a.b`; null for every other path. */
function plainNames(path: string): string[] | null {
  const names = path.split('.')
  if (names[0] === '$') names.shift()
  return names.length > 0 && names.every((name) => NAME.test(name) && name !== 'where') ? names : null
}

export function readNames(names: readonly string[], scope: CriterionScope): unknown {
  if (names[0] !== scope.name) return null
  let value = scope.value
  for (let at = 1; at < names.length; at++) {
    const name = names[at]
    if (!isDict(value) || !hasKey(value, name)) return null
    value = getKey(value, name)
  }
  return value ?? null
}

function pathReader(path: string): CriterionKey['read'] {
  let parsed: JsonPath | null = null
  return (scope, budget) => {
    parsed ??= new JsonPath(path)
    const [first = null] = parsed.find({ [scope.name]: scope.value }, budget.expressions)
    return first
  }
}
