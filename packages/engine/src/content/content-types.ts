import { InvalidError } from '@st2/model'
import type { ContentKind } from './registration-report.ts'

/**
 * The names that a request for registration may use, and what they stand for. Kinds that have no registrar are accepted
 * and register nothing. @source rest-api.md POST /packs/register
 */
const TYPE_NAMES: Readonly<Record<string, readonly ContentKind[]>> = {
  all: ['runners', 'actions', 'configs'],
  runner: ['runners'],
  action: ['runners', 'actions'],
  actions: ['runners', 'actions'],
  trigger: [],
  triggers: [],
  sensor: [],
  sensors: [],
  rule: [],
  rules: [],
  rule_type: [],
  rule_types: [],
  alias: [],
  aliases: [],
  policy_type: [],
  policy_types: [],
  policy: [],
  policies: [],
  config: ['configs'],
  configs: ['configs'],
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
