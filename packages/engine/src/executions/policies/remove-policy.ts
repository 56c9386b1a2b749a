import type { Principal } from '../../access/principal.ts'
import { refuseCorePack } from '../../content/system-packs.ts'
import type { PolicyDeps } from './create-policy.ts'
import { findPolicy } from './find-policy.ts'

/**
 * Removes a policy. What waited for it goes on.
 *
 * @throws NotFoundError, InvalidError
 * @source rest-api.md 9.9
 */
export async function removePolicy(deps: PolicyDeps, principal: Principal, refOrId: string): Promise<void> {
  const policy = await findPolicy(deps.policies, refOrId)
  refuseCorePack(policy.pack)
  await deps.policies.remove(policy.id)
  deps.wakeScheduler()
  deps.log.info({ user: principal.user, policy: policy.ref, id: policy.id }, 'policy deleted')
}
