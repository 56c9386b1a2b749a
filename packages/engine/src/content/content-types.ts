import { InvalidError } from '@st2/model'
import { CONTENT_KINDS, type ContentKind } from './registration-report.ts'

/**
 * The names that a request for registration may use, and what they stand for. @source rest-api.md POST /packs/register
 */
const TYPE_NAMES: Readonly<Record<string, readonly ContentKind[]>> = {
  all: CONTENT_KINDS,
  runner: ['runners'],
  action: ['runners', 'actions'],
  actions: ['runners', 'actions'],
  trigger: ['triggers'],
  triggers: ['triggers'],
  sensor: ['sensors'],
  sensors: ['sensors'],
  rule: ['rule_types', 'rules'],
  rules: ['rule_types', 'rules'],
  rule_type: ['rule_types'],
  rule_types: ['rule_types'],
  alias: ['aliases'],
  aliases: ['aliases'],
  policy_type: ['policy_types'],
  policy_types: ['policy_types'],
  policy: ['policy_types', 'policies'],
  policies: ['policy_types', 'policies'],
  config: ['configs'],
  configs: ['configs'],
}

/** Counters of an answer, by the singular name of what is asked for, in upstream's order. @source packs-and-runners.md 1.13 */
const COUNTERS = {
  runner: ['runners'],
  rule_type: ['rule_types'],
  policy_type: ['policy_types'],
  trigger: ['triggers'],
  sensor: ['sensors'],
  action: ['runners', 'actions'],
  rule: ['rule_types', 'rules'],
  alias: ['aliases'],
  policy: ['policy_types', 'policies'],
  config: ['configs'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Which counters the answer to a registration of these types has. */
export function countersOf(types: readonly string[] | undefined): string[] {
  const isAll = types === undefined || types.length === 0 || types.includes('all')
  const asked = Object.entries(COUNTERS).filter(([type, counters]) => {
    const plural = counters.at(-1) ?? type
    return isAll || types.includes(type) || types.includes(plural)
  })
  return [...new Set(asked.flatMap(([, counters]) => counters))]
}

/** @throws InvalidError for a name that is none, in upstream's words */
export function kindsOf(types: readonly string[] | undefined): ReadonlySet<ContentKind> {
  const kinds = new Set<ContentKind>()
  for (const type of types === undefined || types.length === 0 ? ['all'] : types) {
    const named = Object.hasOwn(TYPE_NAMES, type) ? TYPE_NAMES[type] : undefined
    if (named === undefined) {
      const names = Object.keys(TYPE_NAMES).map((name) => `'${name}'`)
      throw new InvalidError(`'${type}' is not one of [${names.join(', ')}]`)
    }
    for (const kind of named) kinds.add(kind)
  }
  return kinds
}
