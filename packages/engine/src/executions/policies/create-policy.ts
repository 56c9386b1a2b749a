import type { Policy, PolicyRequest } from '@st2/model'
import type { Principal } from '../../access/principal.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Log } from '../../ports/log.ts'
import { policyDefinition } from './policy-definition.ts'
import type { PolicyStore } from './policy-store.ts'
import type { PolicyTypeStore } from './policy-type-store.ts'

export interface PolicyDeps {
  readonly policies: PolicyStore
  readonly policyTypes: PolicyTypeStore
  readonly ids: Ids
  readonly log: Log
  /** A hint: what a policy kept waiting may go on. The sweep finds it anyway. */
  readonly wakeScheduler: () => void
}

/**
 * Makes a policy. It governs what is requested from now on; what runs already counts.
 *
 * @throws InvalidError, ConflictError: nothing was changed
 * @source rest-api.md 9.9
 */
export async function createPolicy(deps: PolicyDeps, principal: Principal, request: PolicyRequest): Promise<Policy> {
  const policy: Policy = { id: deps.ids.next(), ...(await policyDefinition(deps.policyTypes, request)) }
  await deps.policies.create(policy)
  deps.wakeScheduler()
  deps.log.info({ user: principal.user, policy: policy.ref, id: policy.id }, 'policy created')
  return policy
}
