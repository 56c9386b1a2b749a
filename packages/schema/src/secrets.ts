import { isJsonObject, isSchema, own, type Schema } from './schema-type.ts'

/** What stands in the place of a secret. */
export const MASK = '********'

/** Steps to a secret; `*` stands for every item of an array. */
export type SecretPath = readonly string[]

/** Where the schema marks values `secret: true`: itself, or anything in `properties` and `items` beneath it. */
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

type MaskPlan = 'whole' | { properties: ReadonlyMap<string, MaskPlan>; items: MaskPlan | null }

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
  const properties = new Map<string, MaskPlan>()
  for (const [name, property] of Object.entries(objectOrEmpty(own(schema, 'properties')))) {
    const plan = makePlan(property)
    if (plan !== null) properties.set(name, plan)
  }
  const items = makePlan(own(schema, 'items'))
  return properties.size === 0 && items === null ? null : { properties, items }
}

function masked(plan: MaskPlan, value: unknown): unknown {
  if (plan === 'whole') return MASK
  if (Array.isArray(value)) {
    const { items } = plan
    return items === null ? value : value.map((item) => masked(items, item))
  }
  if (!isJsonObject(value)) return value
  const secrets = [...plan.properties].filter(([name]) => Object.hasOwn(value, name))
  if (secrets.length === 0) return value
  return { ...value, ...Object.fromEntries(secrets.map(([name, inner]) => [name, masked(inner, value[name])])) }
}

function pathsBeneath(schema: unknown, path: SecretPath): SecretPath[] {
  if (!isSchema(schema)) return []
  if (schema['secret'] === true) return [path]
  const properties = Object.entries(objectOrEmpty(own(schema, 'properties')))
  return [
    ...properties.flatMap(([name, property]) => pathsBeneath(property, [...path, name])),
    ...pathsBeneath(own(schema, 'items'), [...path, '*']),
  ]
}

function objectOrEmpty(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {}
}
