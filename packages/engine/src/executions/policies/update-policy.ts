import type { Policy, PolicyRequest } from '@st2/model'
import type { Principal } from '../../access/principal.ts'
import { refuseCorePack } from '../../content/system-packs.ts'
import type { PolicyDeps } from './create-policy.ts'
import { findPolicy } from './find-policy.ts'
import { policyDefinition } from './policy-definition.ts'

/**
 * Replaces a policy; what the request leaves out is reset, but for the pack. The id stays, whatever the request says.
 *
 * @throws NotFoundError, InvalidError, ConflictError: nothing was changed
 * @source rest-api.md 9.9
 */
export async function updatePolicy(
  deps: PolicyDeps,
  principal: Principal,
  refOrId: string,
  request: PolicyRequest,
): Promise<Policy> {
  const known = await findPolicy(deps.policies, refOrId)
  refuseCorePack(known.pack)
  const definition = await policyDefinition(deps.policyTypes, { ...request, pack: request.pack || known.pack })
  const policy: Policy = { id: known.id, ...definition }
  await deps.policies.save(policy)
  deps.wakeScheduler()
  deps.log.info({ user: principal.user, policy: policy.ref, id: policy.id }, 'policy updated')
  return policy
}
