import { isDeepStrictEqual } from 'node:util'
import type { Policy, PolicyRequest } from '@st2/model'
import type { PolicyDeps } from './create-policy.ts'
import { policyDefinition } from './policy-definition.ts'

/**
 * A policy as its file in a pack says. One that already says so is left alone.
 *
 * NOTE: found by pack and name; upstream looks for the name alone, so that a second pack takes the first one's policy over.
 *
 * @throws InvalidError, ConflictError
 * @source packs-and-runners.md 1.11
 */
export async function registerPolicy(
  deps: PolicyDeps,
  request: PolicyRequest,
): Promise<'created' | 'updated' | 'unchanged'> {
  const definition = await policyDefinition(deps.policyTypes, request)
  const known = await deps.policies.findByRef(definition.ref)
  const policy: Policy = { id: known?.id ?? deps.ids.next(), ...definition }
  if (known !== null && isDeepStrictEqual(known, JSON.parse(JSON.stringify(policy)))) return 'unchanged'
  await deps.policies.save(policy)
  deps.wakeScheduler()
  return known === null ? 'created' : 'updated'
}
