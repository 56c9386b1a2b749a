import { type Dict, dictFrom, entriesOf, getKey, hasKey, type PythonError } from '@st2/python-values'
import { applied } from '../contexts/patch.ts'
import { plainValue } from '../contexts/plain-value.ts'
import { asEvaluationError } from './fields.ts'
import type { Score } from './score.ts'

export interface InitialContext {
  variables: Dict
  errors: PythonError[]
}

/** The variables at the start: what the platform gives, then the declared inputs, then `vars`, each seeing those before. */
export function initialContext({ spec, inputs, parentContext, fields }: Score): InitialContext {
  const errors: PythonError[] = []
  const render = (names: Map<unknown, unknown>, name: string, value: unknown) => {
    try {
      names.set(name, fields.evaluate(value, names))
    } catch (error) {
      errors.push(asEvaluationError(error))
    }
  }
  const rolling = new Map(entriesOf(parentContext))
  for (const input of spec.input) {
    render(rolling, input.name, hasKey(inputs, input.name) ? getKey(inputs, input.name) : input.default)
  }
  const given = merged(parentContext, rolling)
  const names = new Map(given)
  const written = new Map<unknown, unknown>()
  for (const { name, value } of spec.vars) {
    const before = errors.length
    render(names, name, value)
    if (errors.length === before) written.set(name, names.get(name))
  }
  const variables = plainValue(dictFrom(merged(given, written)))
  return { variables: asDict(variables), errors }
}

/** Mappings are merged into mappings of the same name. */
function merged(left: Dict, right: Map<unknown, unknown>): Map<unknown, unknown> {
  const result = new Map(entriesOf(left))
  for (const [name, value] of right) result.set(name, applied(result.get(name), value))
  return result
}

function asDict(value: unknown): Dict {
  return value instanceof Map ? value : Object(value)
}
