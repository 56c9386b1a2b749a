import { isNumeric, PyFloat } from '@st2/python-values'
import type { CompiledRule } from './compiled-rule.ts'
import { readNames } from './criteria/criterion-key.ts'

type Payload = Readonly<Record<string, unknown>>

/**
 * Rules of one trigger, found by what an event holds: a rule whose equality does not hold is not even looked at. What is
 * left out could neither match nor fail.
 */
export class RuleIndex {
  readonly #paths = new Map<string, { readonly names: readonly string[]; readonly buckets: Map<string, Bucket> }>()
  /** Rules that no equality decides about. */
  readonly #others: Bucket = new Map()

  add(compiled: CompiledRule): void {
    this.#bucketFor(compiled).set(compiled.rule.id, compiled)
  }

  remove(compiled: CompiledRule): void {
    this.#bucketFor(compiled).delete(compiled.rule.id)
    this.#forgetEmpty(compiled)
  }

  get isEmpty(): boolean {
    return this.#paths.size === 0 && this.#others.size === 0
  }

  /** Those that may match or fail, oldest rule first. */
  candidates(payload: Payload): CompiledRule[] {
    const found = [...this.#others.values()]
    for (const { names, buckets } of this.#paths.values()) {
      const key = bucketKey(readNames(names, { name: 'trigger', value: payload }))
      const bucket = key === null ? undefined : buckets.get(key)
      if (bucket !== undefined) found.push(...bucket.values())
    }
    return found.length < 2 ? found : found.sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
  }

  #bucketFor({ criteria: { index } }: CompiledRule): Bucket {
    const key = index === null ? null : bucketKey(index.pattern)
    if (index === null || key === null) return this.#others
    const path = index.names.join('.')
    const entry = this.#paths.get(path) ?? { names: index.names, buckets: new Map<string, Bucket>() }
    this.#paths.set(path, entry)
    const bucket: Bucket = entry.buckets.get(key) ?? new Map()
    entry.buckets.set(key, bucket)
    return bucket
  }

  #forgetEmpty({ criteria: { index } }: CompiledRule): void {
    const key = index === null ? null : bucketKey(index.pattern)
    if (index === null || key === null) return
    const path = index.names.join('.')
    const buckets = this.#paths.get(path)?.buckets
    if (buckets?.get(key)?.size === 0) buckets.delete(key)
    if (buckets?.size === 0) this.#paths.delete(path)
  }
}

/** By id of the rule. */
type Bucket = Map<string, CompiledRule>

/** One text for all values that Python takes for equal (1, 1.0 and True are); null for what no plain pattern equals. */
function bucketKey(value: unknown): string | null {
  if (typeof value === 'string') return `s${value}`
  if (!isNumeric(value)) return null
  const number = value instanceof PyFloat ? value.value : value
  return `n${String(Number(number))}`
}
