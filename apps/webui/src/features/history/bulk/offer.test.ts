import type { Execution, ExecutionStatus } from '@st2/model'
import { expect, it } from 'vitest'
import { childOf } from '../../../widgets/run/test-executions.ts'
import { offerOf } from './offer.ts'

it('offers what some can take to those that can, and says what the others are', () => {
  const offer = offerOf('cancel', [run('a', 'running'), run('b', 'failed'), run('c', 'failed'), run('d', 'paused')], 1)
  expect(offer.takers.map(({ id }) => id)).toEqual(['a', 'd'])
  expect(offer.refusals).toBe('Nothing is known of it (1). It has already ended: failed (2).')
  expect(offer.reason).toBeUndefined()
})

it('says why nobody can', () => {
  const offer = offerOf('resume', [run('a', 'running'), run('b', 'succeeded')], 0)
  expect(offer.reason).toBe('None of the 2 can be resumed. It is not paused (1). It has already ended: succeeded (1).')
})

it('says why one cannot as it is said where it stands alone', () => {
  expect(offerOf('pause', [run('a', 'pausing')], 0).reason).toBe('It pauses as soon as the tasks that run have ended.')
})

it('asks for a choice while there is none', () => {
  expect(offerOf('rerun', [], 0).reason).toBe('Choose executions first.')
})

function run(id: string, status: ExecutionStatus): Execution {
  return childOf('task', [[status, 0]], { id, runner: 'orquesta' })
}
