import { NotFoundError, type Policy } from '@st2/model'
import type { PolicyStore } from './policy-store.ts'

/** @throws NotFoundError */
export async function findPolicy(policies: PolicyStore, refOrId: string): Promise<Policy> {
  const policy = await policies.findByRefOrId(refOrId)
  if (policy === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return policy
}
