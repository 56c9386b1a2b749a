import { ConflictError, InvalidError, NotFoundError, type PolicyRequest } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../src/executions/policies/create-policy.ts'
import { findPolicy } from '../../src/executions/policies/find-policy.ts'
import { findPolicyType } from '../../src/executions/policies/policy-type-store.ts'
import { registerPolicy } from '../../src/executions/policies/register-policy.ts'
import { removePolicy } from '../../src/executions/policies/remove-policy.ts'
import { updatePolicy } from '../../src/executions/policies/update-policy.ts'
import { ANN, startTestEngine } from '../support/test-engine.ts'

const CONCURRENCY: PolicyRequest = {
  name: 'limit',
  pack: 'test',
  resource_ref: 'test.gated',
  policy_type: 'action.concurrency',
  parameters: { threshold: 3 },
}

describe('policy types', () => {
  it('are registered once and keep their ids', async () => {
    await using test = await startTestEngine()
    const { policyTypes } = test.engine
    const before = await policyTypes.list()
    expect(before.rows.map(({ ref }) => ref)).toEqual(['action.concurrency', 'action.concurrency.attr', 'action.retry'])
    await test.engine.register(() => undefined)
    expect(await policyTypes.list()).toEqual(before)
    expect(await findPolicyType(policyTypes, 'action.retry')).toMatchObject({
      uid: 'policy_type:action:retry',
      module: 'st2actions.policies.retry',
      enabled: true,
    })
    await expect(findPolicyType(policyTypes, 'action.nope')).rejects.toThrow(
      'PolicyType with a reference of id "action.nope" not found.',
    )
  })
})

describe('a policy', () => {
  it('is stored with the defaults of its type, and governs at once', async () => {
    await using test = await startTestEngine()
    const { policyDeps, policies } = test.engine
    const policy = await createPolicy(policyDeps, ANN, CONCURRENCY)
    expect(policy).toMatchObject({
      ref: 'test.limit',
      uid: 'policy:test:limit',
      enabled: true,
      parameters: { threshold: 3, action: 'delay' },
      metadata_file: '',
    })
    expect(await findPolicy(policies, policy.id)).toEqual(policy)
    expect(await findPolicy(policies, 'test.limit')).toEqual(policy)
    expect(policies.book.isLimited('test.gated')).toBe(true)
    const changed = await updatePolicy(policyDeps, ANN, policy.id, {
      ...CONCURRENCY,
      pack: '',
      enabled: false,
      id: 'ffffffffffffffffffffffff',
    })
    expect(changed).toMatchObject({ id: policy.id, pack: 'test', enabled: false })
    expect(policies.book.isLimited('test.gated')).toBe(false)
    await removePolicy(policyDeps, ANN, 'test.limit')
    await expect(findPolicy(policies, policy.id)).rejects.toThrow(NotFoundError)
  })

  it.each<[string, Partial<PolicyRequest>, string]>([
    ['an unknown type', { policy_type: 'action.nope' }, 'Referenced policy_type "action.nope" doesnt exist'],
    [
      'unknown parameters',
      { parameters: { frob: 1 } },
      "Additional properties are not allowed ('frob' was unexpected)",
    ],
    ['a missing threshold', { parameters: {} }, "'threshold' is a required property"],
    ['a threshold that is text', { parameters: { threshold: '3' } }, "'3' is not of type 'integer'"],
    ['a threshold below 0', { parameters: { threshold: -1 } }, 'parameters.threshold: -1 is less than 0'],
    [
      'a threshold below 0 by attribute',
      { policy_type: 'action.concurrency.attr', parameters: { threshold: -3 } },
      'parameters.threshold: -3 is less than 0',
    ],
    ['another verdict', { parameters: { threshold: 1, action: 'drop' } }, "'drop' is not one of ['delay', 'cancel']"],
    [
      'too many retries',
      { policy_type: 'action.retry', parameters: { retry_on: 'failure', max_retry_count: 6 } },
      '6 is greater than the maximum of 5',
    ],
    ['no pack', { pack: undefined }, "'pack' is a required property"],
  ])('with %s is refused', async (_what, wrong, message) => {
    await using test = await startTestEngine()
    const refused = createPolicy(test.engine.policyDeps, ANN, { ...CONCURRENCY, ...wrong })
    await expect(refused).rejects.toThrow(InvalidError)
    await expect(refused).rejects.toThrow(message)
    expect((await test.engine.policies.list()).total).toBe(0)
  })

  it('is one for its name, and one for its type and action', async () => {
    await using test = await startTestEngine()
    const { policyDeps } = test.engine
    const first = await createPolicy(policyDeps, ANN, CONCURRENCY)
    const sameName = createPolicy(policyDeps, ANN, { ...CONCURRENCY, resource_ref: 'test.other' })
    await expect(sameName).rejects.toMatchObject({ name: 'ConflictError', conflictId: first.id })
    await expect(createPolicy(policyDeps, ANN, { ...CONCURRENCY, name: 'second' })).rejects.toThrow(ConflictError)
  })

  it('of pack core stays as it is', async () => {
    await using test = await startTestEngine()
    const { policyDeps } = test.engine
    await createPolicy(policyDeps, ANN, { ...CONCURRENCY, pack: 'core' })
    const refusal = "Resources belonging to system level packs can't be manipulated"
    await expect(removePolicy(policyDeps, ANN, 'core.limit')).rejects.toThrow(refusal)
    await expect(updatePolicy(policyDeps, ANN, 'core.limit', CONCURRENCY)).rejects.toThrow(refusal)
  })

  it('registered again from the same file is left alone', async () => {
    await using test = await startTestEngine()
    const { policyDeps } = test.engine
    expect(await registerPolicy(policyDeps, CONCURRENCY)).toBe('created')
    expect(await registerPolicy(policyDeps, CONCURRENCY)).toBe('unchanged')
    expect(await registerPolicy(policyDeps, { ...CONCURRENCY, parameters: { threshold: 4 } })).toBe('updated')
    expect((await test.engine.policies.list()).rows[0]?.parameters).toEqual({ threshold: 4, action: 'delay' })
  })
})
