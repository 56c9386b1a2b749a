/**
 * Templates may change lists and dicts, as they may in Python, but the caller's data stays as it is. An evaluation begins on the
 * data itself. When it is about to change what it has not made, it ends, and begins again on a copy that is its own.
 */
import { type Dict, dictFrom, entriesOf, isDict, PyTuple } from '@st2/python-values'
import type { Budget } from '../limits.ts'
import { GroupTuple } from './group.ts'

/** Ends an evaluation that needs a copy of its data. It never leaves the package. */
export class CallersDataError extends Error {
  override readonly name = 'CallersDataError'
}

/** @param run gets whether all data are the evaluation's own this time */
export function onOwnDataIfNeeded<T>(run: (ownsData: boolean) => T): T {
  try {
    return run(false)
  } catch (error) {
    if (!(error instanceof CallersDataError)) throw error
    return run(true)
  }
}

/** Lists and dicts anew, whatever is in them; dicts as Maps, which take any key. Tuples, and everything else, stay. */
export function copyOfData(value: unknown, budget: Budget, known: Map<object, unknown> = new Map()): unknown {
  if (typeof value !== 'object' || value === null) return value
  const done = known.get(value)
  if (done !== undefined) return done
  if (value instanceof PyTuple) {
    budget.spend()
    return budget.nested(() => PyTuple.from(value.map((item) => copyOfData(item, budget, known))))
  }
  if (Array.isArray(value)) {
    budget.spend(1 + (value.length >> 4))
    const copy: unknown[] = []
    known.set(value, copy)
    budget.nested(() => {
      for (const item of value) copy.push(copyOfData(item, budget, known))
    })
    return copy
  }
  return isDict(value) ? copyOfDict(value, budget, known) : value
}

function copyOfDict(dict: Dict, budget: Budget, known: Map<object, unknown>): Map<unknown, unknown> {
  const entries = entriesOf(dict)
  budget.spend(1 + (entries.length >> 4))
  const copy = new Map<unknown, unknown>()
  known.set(dict, copy)
  budget.nested(() => {
    for (const [key, item] of entries) copy.set(key, copyOfData(item, budget, known))
  })
  return copy
}

/** Dicts as everybody else holds them: plain objects where keys are texts. */
export function settled(value: unknown): unknown {
  if (value instanceof GroupTuple) return value
  if (value instanceof PyTuple) return PyTuple.from(value.map(settled))
  if (Array.isArray(value)) return value.map(settled)
  return isDict(value) ? dictFrom(entriesOf(value).map(([key, inner]) => [key, settled(inner)])) : value
}
