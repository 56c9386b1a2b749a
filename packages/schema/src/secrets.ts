import { compilePattern, type Pattern } from './pattern.ts'
import { isJsonObject, isSchema, own, type Schema } from './schema-type.ts'

/** What stands in the place of a secret. */
export const MASK = '********'

/** Steps to a secret; `*` stands for every item of an array, and for every property that is not named. */
export type SecretPath = readonly string[]

/** Where the schema marks values `secret: true`: itself, or anything in what it says of properties and items beneath it. */
export function secretPaths(schema: Schema): SecretPath[] {
  return pathsBeneath(schema, [])
}

/**
 * The value with `********` for everything the schema marks secret, whatever its type.
 * The value stays as it was; parts without secrets are shared with it.
 */
export function maskSecrets(schema: Schema, value: unknown): unknown {
  const plan = planOf(schemaPlans, schema, () => schema)
  return plan === null ? value : masked(plan, value)
}

/** The secrets of a dict of parameters, in the values given for them. */
export function maskParameters(parameters: Readonly<Record<string, Schema>>, values: unknown): unknown {
  const plan = planOf(parameterPlans, parameters, () => ({ properties: parameters }))
  return plan === null ? values : masked(plan, values)
}

type MaskPlan = 'whole' | InnerPlan

/** null: nothing is secret there. */
interface InnerPlan {
  readonly properties: ReadonlyMap<string, MaskPlan | null>
  /** For properties that are not named, the first that is found in the name. */
  readonly patterns: readonly { readonly pattern: Pattern | null; readonly plan: MaskPlan | null }[]
  readonly otherProperties: MaskPlan | null
  /** The first items, each with its own. */
  readonly firstItems: readonly (MaskPlan | null)[]
  readonly otherItems: MaskPlan | null
}

type PlanCache = WeakMap<Schema, MaskPlan | 'nothing'>

const schemaPlans: PlanCache = new WeakMap()
const parameterPlans: PlanCache = new WeakMap()

function planOf(cache: PlanCache, key: Schema, schema: () => Schema): MaskPlan | null {
  const known = cache.get(key)
  if (known !== undefined) return known === 'nothing' ? null : known
  const plan = makePlan(schema())
  cache.set(key, plan ?? 'nothing')
  return plan
}

/** null when nothing beneath is secret. */
function makePlan(schema: unknown): MaskPlan | null {
  if (!isSchema(schema)) return null
  if (schema['secret'] === true) return 'whole'
  const items = own(schema, 'items')
  const isList = Array.isArray(items)
  const plan: InnerPlan = {
    properties: new Map(schemasIn(schema, 'properties').map(([name, property]) => [name, makePlan(property)])),
    patterns: schemasIn(schema, 'patternProperties').map(([source, property]) => ({
      pattern: patternOrNull(source),
      plan: makePlan(property),
    })),
    otherProperties: makePlan(own(schema, 'additionalProperties')),
    firstItems: isList ? items.map(makePlan) : [],
    otherItems: makePlan(isList ? own(schema, 'additionalItems') : items),
  }
  return hidesSomething(plan) ? plan : null
}

function hidesSomething(plan: InnerPlan): boolean {
  const { properties, patterns, otherProperties, firstItems, otherItems } = plan
  const all = [
    ...properties.values(),
    ...patterns.map((entry) => entry.plan),
    otherProperties,
    ...firstItems,
    otherItems,
  ]
  return all.some((inner) => inner !== null)
}

/** A pattern that cannot be used may have meant any name. */
function patternOrNull(source: string): Pattern | null {
  try {
    return compilePattern(source)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function masked(plan: MaskPlan | null, value: unknown): unknown {
  if (plan === null) return value
  if (plan === 'whole') return MASK
  if (Array.isArray(value)) return maskedItems(plan, value)
  return isJsonObject(value) ? maskedProperties(plan, value) : value
}

function maskedItems({ firstItems, otherItems }: InnerPlan, value: readonly unknown[]): readonly unknown[] {
  const items = value.map((item, at) => masked(at < firstItems.length ? (firstItems[at] ?? null) : otherItems, item))
  return items.every((item, at) => item === value[at]) ? value : items
}

function maskedProperties(plan: InnerPlan, value: Readonly<Record<string, unknown>>): unknown {
  const entries = Object.entries(value).map(([name, inner]) => [name, masked(planFor(plan, name), inner)] as const)
  return entries.every(([name, inner]) => inner === value[name]) ? value : Object.fromEntries(entries)
}

/** @source st2: st2common/st2common/util/output_schema.py _get_masked_value */
function planFor({ properties, patterns, otherProperties }: InnerPlan, name: string): MaskPlan | null {
  const named = properties.get(name)
  if (named !== undefined) return named
  const found = patterns.find(({ pattern }) => pattern === null || pattern.isFoundIn(name))
  return found === undefined ? otherProperties : found.plan
}

function pathsBeneath(schema: unknown, path: SecretPath): SecretPath[] {
  if (!isSchema(schema)) return []
  if (schema['secret'] === true) return [path]
  const items = own(schema, 'items')
  const unnamed = [
    ...schemasIn(schema, 'patternProperties').map(([, property]) => property),
    own(schema, 'additionalProperties'),
    ...(Array.isArray(items) ? [...items, own(schema, 'additionalItems')] : [items]),
  ]
  return [
    ...schemasIn(schema, 'properties').flatMap(([name, property]) => pathsBeneath(property, [...path, name])),
    ...unnamed.flatMap((inner) => pathsBeneath(inner, [...path, '*'])),
  ]
}

function schemasIn(schema: Schema, keyword: string): [string, unknown][] {
  const value = own(schema, keyword)
  return isJsonObject(value) ? Object.entries(value) : []
}
