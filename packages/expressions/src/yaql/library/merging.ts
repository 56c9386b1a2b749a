import { PythonTypeError } from '@st2/python-values'
import { callMethod } from '../resolution/invoke.ts'
import type { Lambda } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { entriesOfMapping, type Mapping, valueAt, YaqlDict } from '../values/dict.ts'
import { hashKey } from '../values/hash.ts'
import { isMapping, isSequence, typeNameOf } from '../values/kinds.ts'
import { YaqlList } from '../values/list.ts'
import { Lazy } from '../values/lazy.ts'

export interface Merging {
  listMerger: Lambda | null
  itemMerger: Lambda | null
  /** Levels of mappings that are merged, all when 0. */
  levels: number
}

export function mergeMappings(scope: Scope, left: Mapping, right: Mapping, merging: Merging): YaqlDict {
  const result = new YaqlDict('dict')
  for (const [key, value] of entriesOfMapping(left)) {
    const other = valueAt(right, key)
    result.set(key, other === undefined ? value : mergeValues(scope, value, other, merging))
  }
  for (const [key, value] of entriesOfMapping(right)) if (!result.has(key)) result.set(key, value)
  return result
}

function mergeValues(scope: Scope, left: unknown, right: unknown, merging: Merging): unknown {
  scope.evaluation.budget.spend()
  const { listMerger, itemMerger, levels } = merging
  if (levels !== 1 && isMapping(right)) {
    if (!isMapping(left)) throw cannotMerge(left, right)
    return mergeMappings(scope, left, right, {
      ...merging,
      levels: levels === 0 ? 0 : levels - 1,
    })
  }
  if (levels !== 1 && isSequence(right)) {
    if (!isSequence(left)) throw cannotMerge(left, right)
    return listMerger === null ? mergeLists(scope, left, right) : listMerger(left, right)
  }
  return itemMerger === null ? right : itemMerger(left, right)
}

/** Both lists one after the other, each element once. */
function mergeLists(scope: Scope, left: readonly unknown[], right: readonly unknown[]): unknown {
  if (left instanceof YaqlList !== right instanceof YaqlList) {
    const kind = typeNameOf(left)
    throw new PythonTypeError(`can only concatenate ${kind} (not "${typeNameOf(right)}") to ${kind}`)
  }
  scope.evaluation.budget.spend(left.length + right.length)
  const seen = new Map<unknown, unknown>()
  for (const item of [...left, ...right]) {
    const key = hashKey(item)
    if (!seen.has(key)) seen.set(key, item)
  }
  return callMethod(scope, 'toList', [new Lazy('generator object distinct', seen.values())])
}

function cannotMerge(left: unknown, right: unknown): PythonTypeError {
  return new PythonTypeError(`Cannot merge ${classText(left)} with ${classText(right)}`)
}

function classText(value: unknown): string {
  const name = typeNameOf(value)
  return `<class '${name === 'FrozenDict' ? 'yaql.language.utils.FrozenDict' : name}'>`
}
