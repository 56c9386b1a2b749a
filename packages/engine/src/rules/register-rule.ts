import type { RuleRequest } from '@st2/model'
import { isDeepStrictEqual } from 'node:util'
import { insertRule, type RuleDeps } from './create-rule.ts'
import { definitionOf } from './rule-definition.ts'
import { replaceRule } from './update-rule.ts'

/**
 * A rule as its file in a pack says. One that already says so is left alone, so that registering again neither counts
 * references nor makes a new revision.
 *
 * @throws InvalidError
 */
export async function registerRule(deps: RuleDeps, request: RuleRequest): Promise<'created' | 'updated' | 'unchanged'> {
  const definition = definitionOf(request)
  const known = await deps.rules.findByRef(definition.ref)
  const context = request.context ?? {}
  if (known === null) {
    await insertRule(deps, request, context)
    return 'created'
  }
  const trigger = await deps.triggers.findByRef(known.trigger)
  const { type, parameters = {} } = request.trigger
  const { id: _id, rev: _rev, trigger: _trigger, ...stored } = known
  const isSame =
    trigger?.type === type &&
    isDeepStrictEqual(trigger.parameters, parameters) &&
    isDeepStrictEqual(plain(stored), plain({ ...definition, context }))
  if (isSame) return 'unchanged'
  await replaceRule(deps, known, request, context)
  return 'updated'
}

/** As the store would hand it out: absent and undefined are the same. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value))
}
