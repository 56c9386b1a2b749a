import type { Execution } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { causeChain } from './cause-chain.ts'

const execution = (id: string, more: Partial<Execution> = {}) =>
  ({ id, action: { ref: `pack.${id}` }, context: { user: 'ada' }, ...more }) as Execution
const kinds = (chain: ReturnType<typeof causeChain>) => chain.map(({ kind }) => kind)

const BY_RULE: Partial<Execution> = {
  rule: { ref: 'pack.rule', name: 'rule' },
  trigger: { type: 'core.st2.webhook', parameters: { url: 'x' } },
  trigger_type: { ref: 'core.st2.webhook' },
  trigger_instance: { id: '1', occurrence_time: '2026-11-25T10:00:00Z', payload: { a: 1 } },
}

describe('causeChain', () => {
  it('begins with the event and the rule of the execution at the top, and goes down to the child', () => {
    const child = execution('c', { context: { orquesta: { task_name: 'deploy' } } })
    const chain = causeChain(child, [execution('b'), execution('a', BY_RULE)])
    expect(kinds(chain)).toEqual(['event', 'rule', 'execution', 'execution', 'execution'])
    expect(chain[0]).toMatchObject({ instanceId: '1', type: 'core.st2.webhook', payload: { a: 1 } })
    expect(chain[1]).toEqual({ kind: 'rule', ref: 'pack.rule', executionId: 'a' })
    expect(chain.at(-1)).toEqual({ kind: 'execution', id: 'c', ref: 'pack.c', task: 'deploy' })
  })

  it('names the person when nothing else asked for it', () => {
    expect(causeChain(execution('a'), [])).toEqual([
      { kind: 'person', user: 'ada' },
      { kind: 'execution', id: 'a', ref: 'pack.a', task: undefined },
    ])
  })

  it('names what is run again, and from which tasks', () => {
    const again = execution('a', { context: { user: 'bob', 're-run': { ref: 'old', tasks: ['deploy'] } } })
    expect(causeChain(again, [])[0]).toEqual({ kind: 'rerun', of: 'old', user: 'bob', tasks: ['deploy'] })
  })

  it('names the policy that tries again, after what asked for the first try', () => {
    const retry = { applied_policy: 'pack.twice', retry_count: 2, retried_liveaction_id: 'L' }
    const chain = causeChain(execution('a', { ...BY_RULE, context: { policies: { retry } } }), [])
    expect(kinds(chain)).toEqual(['event', 'rule', 'retry', 'execution'])
    expect(chain[2]).toEqual({ kind: 'retry', policy: 'pack.twice', count: 2, liveaction: 'L' })
  })

  it('names the alias that was used in a chat', () => {
    const context = { action_alias_ref: { id: '1', name: 'deploy' }, api_user: 'bob', source_channel: 'ops' }
    expect(causeChain(execution('a', { context }), [])[0]).toEqual({
      kind: 'alias',
      name: 'deploy',
      user: 'bob',
      channel: 'ops',
    })
  })
})
