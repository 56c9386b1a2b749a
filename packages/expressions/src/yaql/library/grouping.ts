import { PythonError, PythonIndexError } from '@st2/python-values'
import { ExpressionLimitError } from '../../limits.ts'
import { YaqlResolutionError } from '../errors.ts'
import type { Lambda } from '../resolution/types.ts'
import type { Scope } from '../scope.ts'
import { hashKey } from '../values/hash.ts'
import { same } from '../values/equal.ts'
import { isMapping, isSequence, isSetLike, type IterableValue, walk } from '../values/kinds.ts'
import { sizeOfMapping } from '../values/dict.ts'
import { sizeOfSet } from '../values/equal.ts'
import { Lazy } from '../values/lazy.ts'
import { YaqlList } from '../values/list.ts'

/** Groups in the order of their first element. */
export function groupBy(
  scope: Scope,
  elements: IterableValue,
  keyOf: Lambda,
  valueOf: Lambda | null,
  aggregator: Lambda | null,
): Lazy {
  const groups = new Map<unknown, { key: unknown; values: YaqlList }>()
  for (const element of walk(elements, scope.evaluation.budget)) {
    const value = valueOf === null ? element : valueOf(element)
    const key = keyOf(element)
    const hash = hashKey(key)
    const group = groups.get(hash)
    if (group === undefined) groups.set(hash, { key, values: YaqlList.from([value]) })
    else group.values.push(value)
  }
  const aggregate = new Aggregation(scope, aggregator)
  return new Lazy(
    'map object',
    groups.values().map(({ key, values }) => aggregate.pair(key, values)),
  )
}

/**
 * What the aggregator makes of a group. Older expressions expect the pair of key and values instead of the values: that is
 * tried once the first way fails for want of a function or of an element.
 */
class Aggregation {
  readonly #scope: Scope
  readonly #aggregator: Lambda | null
  #mayFallBack = true
  #failure: PythonError | null = null

  constructor(scope: Scope, aggregator: Lambda | null) {
    this.#scope = scope
    this.#aggregator = aggregator
  }

  pair(key: unknown, values: YaqlList): unknown {
    const aggregator = this.#aggregator
    if (aggregator === null) return [key, values]
    const failure = this.#failure
    if (failure !== null) return this.#old(aggregator, [key, values], failure)
    const { evaluation } = this.#scope
    const { depth } = evaluation
    try {
      const result = aggregator(values)
      if (!looksOld(values, result)) this.#mayFallBack = false
      return [key, result]
    } catch (error) {
      if (!isNoMatch(error)) throw error
      evaluation.returnTo(depth)
      this.#failure = error
      return this.#old(aggregator, [key, values], error)
    }
  }

  #old(aggregator: Lambda, pair: unknown[], failure: PythonError): unknown {
    if (!this.#mayFallBack) throw failure
    const { evaluation } = this.#scope
    const { depth } = evaluation
    try {
      const result = aggregator(pair)
      if (lengthOf(result) === 2) return result
    } catch (error) {
      // limits and look-ups end the whole evaluation; any other failure gives way to the first one
      if (!(error instanceof PythonError) || error instanceof ExpressionLimitError) throw error
      evaluation.returnTo(depth)
    }
    throw failure
  }
}

function looksOld(values: YaqlList, result: unknown): boolean {
  return values.length === 2 && isSequence(result) && result.length === 2 && same(result[0], values[0])
}

function isNoMatch(error: unknown): error is PythonError {
  if (error instanceof PythonIndexError) return true
  return error instanceof YaqlResolutionError && error.failure.startsWith('NoMatching')
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return Array.from(value).length
  if (isSequence(value)) return value.length
  if (isMapping(value)) return sizeOfMapping(value)
  return isSetLike(value) ? sizeOfSet(value) : undefined
}
