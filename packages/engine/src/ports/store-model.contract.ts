import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idOf, thing, things, type Thing } from './contract-collections.ts'
import type { Condition, Filter, HeaderValue, Order, Store } from './store.ts'

const SEED = 20_261
const RUNS = 60
const IDS = 12

type Step =
  | { readonly verb: 'insert' | 'put' | 'replace'; readonly document: Thing }
  | { readonly verb: 'claim'; readonly filter: Filter; readonly kind: string; readonly limit: number }
  | { readonly verb: 'remove'; readonly filter: Filter; readonly limit: number }

/** After any history of writes, any filter finds and counts what a plain model in memory says. */
export function storeModelContract(storeOf: () => Store): void {
  it('finds and counts like a model in memory, after any writes and for any filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepArbitrary, { maxLength: 25 }),
        fc.array(fc.record({ filter: filterArbitrary, order: orderArbitrary }), { minLength: 4, maxLength: 10 }),
        async (steps, queries) => {
          const store = storeOf()
          while ((await store.remove(things, [], 1_000)) > 0);
          const model = new Map<string, Thing>()
          for (const step of steps) {
            const { answer, expected } = await takeStep(store, model, step)
            expect(answer).toEqual(expected)
          }
          expect(await store.find(things, {})).toEqual(sorted([...model.values()], []))
          for (const { filter, order } of queries) {
            const expected = sorted(matchingOf(model, filter), order)
            const found = await store.find(things, { filter, order })
            expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
            expect(await store.count(things, filter)).toBe(expected.length)
          }
        },
      ),
      { seed: SEED, numRuns: RUNS },
    )
  }, 120_000)
}

/** What the store answered to a step, and what the model says it should have; the model follows the store. */
async function takeStep(
  store: Store,
  model: Map<string, Thing>,
  step: Step,
): Promise<{ answer: unknown; expected: unknown }> {
  switch (step.verb) {
    case 'insert': {
      const expected = !model.has(step.document.id)
      const answer = await store.insert(things, step.document).then(
        () => true,
        () => false,
      )
      if (answer) model.set(step.document.id, step.document)
      return { answer, expected }
    }
    case 'put':
      await store.put(things, step.document)
      model.set(step.document.id, step.document)
      return { answer: await store.get(things, step.document.id), expected: step.document }
    case 'replace': {
      const known = model.get(step.document.id)
      const replaced = await store.replace(things, { ...step.document, rev: known?.rev ?? 1 })
      if (replaced !== null) model.set(replaced.id, replaced)
      return { answer: replaced === null, expected: known === undefined }
    }
    case 'claim': {
      const { filter, limit, kind } = step
      const matching = sorted(matchingOf(model, filter), []).slice(0, limit)
      const claimed = await store.claim(things, { filter, order: [], limit, patch: { set: { kind } } })
      for (const document of claimed) model.set(document.id, document)
      return { answer: claimed.map(({ id }) => id), expected: matching.map(({ id }) => id) }
    }
    case 'remove': {
      const matching = matchingOf(model, step.filter)
      const answer = await store.remove(things, step.filter, step.limit)
      for (const { id } of matching) if ((await store.get(things, id)) === null) model.delete(id)
      return { answer, expected: Math.min(step.limit, matching.length) }
    }
  }
}

function matchingOf(model: ReadonlyMap<string, Thing>, filter: Filter): Thing[] {
  return [...model.values()].filter((document) => matchesAll(document, filter))
}

const TEXT_FIELDS = ['kind', 'owner', 'parent', 'created'] as const
const INTEGER_FIELDS = ['size', 'due_at'] as const

const textArbitrary = fc.constantFrom('a', 'b', 'ab', 'c')
const integerArbitrary = fc.integer({ min: -2, max: 2 })
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 3 })

const documentArbitrary: fc.Arbitrary<Thing> = fc
  .record({
    number: fc.integer({ min: 1, max: IDS }),
    kind: optional(textArbitrary),
    owner: optional(textArbitrary),
    parent: optional(textArbitrary),
    created: optional(textArbitrary),
    size: optional(integerArbitrary),
    due_at: optional(integerArbitrary),
  })
  .map(({ number, owner, ...rest }) => {
    const properties = owner === undefined ? rest : { ...rest, nested: { owner } }
    return { id: idOf(number), ...JSON.parse(JSON.stringify(thing(number, properties))) }
  })

const conditionArbitrary: fc.Arbitrary<Condition> = fc.oneof(
  conditionOf(fc.constantFrom(...TEXT_FIELDS), textArbitrary),
  conditionOf(fc.constantFrom(...INTEGER_FIELDS), integerArbitrary),
  fc.record({ field: fc.constantFrom(...TEXT_FIELDS), op: fc.constant('prefix' as const), value: textArbitrary }),
  fc.record({ path: fc.constant('nested.owner'), op: fc.constant('eq' as const), value: textArbitrary }),
  fc.record({
    paths: fc.constantFrom(['nested'], ['kind', 'size']),
    op: fc.constant('contains' as const),
    value: fc.constantFrom('a', 'B', '1'),
  }),
)

const filterArbitrary: fc.Arbitrary<Filter> = fc.array(conditionArbitrary, { maxLength: 3 })

const orderArbitrary: fc.Arbitrary<readonly Order[]> = fc.array(
  fc.record({
    field: fc.constantFrom(...TEXT_FIELDS, ...INTEGER_FIELDS),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  { maxLength: 2 },
)

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    verb: fc.constantFrom('insert' as const, 'put' as const, 'replace' as const),
    document: documentArbitrary,
  }),
  fc.record({
    verb: fc.constant('claim' as const),
    filter: filterArbitrary,
    kind: textArbitrary,
    limit: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ verb: fc.constant('remove' as const), filter: filterArbitrary, limit: fc.integer({ min: 1, max: 4 }) }),
)

function conditionOf(field: fc.Arbitrary<string>, value: fc.Arbitrary<string | number>): fc.Arbitrary<Condition> {
  const nullable = fc.option(value, { nil: null, freq: 4 })
  return fc.oneof(
    fc.record({
      field,
      op: fc.constantFrom('eq' as const, 'ne' as const, 'lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
      value: nullable,
    }),
    fc.record({
      field,
      op: fc.constantFrom('in' as const, 'nin' as const),
      value: fc.array(nullable, { maxLength: 3 }),
    }),
  )
}

function headerValue(document: Thing, field: string): HeaderValue {
  const value: unknown = field === 'owner' ? document.nested?.owner : Reflect.get(document, field)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

function matchesAll(document: Thing, filter: Filter): boolean {
  return filter.every((condition) => matches(document, condition))
}

function matches(document: Thing, condition: Condition): boolean {
  if ('path' in condition) return document.nested?.owner === condition.value
  if ('paths' in condition) {
    const { kind, size, nested } = document
    const looked = condition.paths.includes('nested') ? [nested?.owner] : [kind, size]
    return looked.some((text) => String(text ?? '').includes(condition.value.toLowerCase()))
  }
  const value = headerValue(document, condition.field)
  switch (condition.op) {
    case 'eq':
      return value === condition.value
    case 'ne':
      return value !== condition.value
    case 'in':
      return condition.value.includes(value)
    case 'nin':
      return !condition.value.includes(value)
    case 'prefix':
      return typeof value === 'string' && value.startsWith(condition.value)
    default:
      if (value === null || condition.value === null) return false
      return holds(condition.op, compare(value, condition.value))
  }
}

function holds(op: 'lt' | 'lte' | 'gt' | 'gte', comparison: number): boolean {
  return { lt: comparison < 0, lte: comparison <= 0, gt: comparison > 0, gte: comparison >= 0 }[op]
}

function sorted(documents: readonly Thing[], order: readonly Order[]): Thing[] {
  const full: readonly Order[] = [...order, { field: 'id', direction: order.at(-1)?.direction ?? 'asc' }]
  return documents.toSorted((a, b) => {
    for (const { field, direction } of full) {
      const comparison = compare(headerValue(a, field), headerValue(b, field))
      if (comparison !== 0) return direction === 'asc' ? comparison : -comparison
    }
    return 0
  })
}

/** Absent comes before everything; the texts here are ASCII, whose code units are their code points. */
function compare(a: HeaderValue, b: HeaderValue): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
