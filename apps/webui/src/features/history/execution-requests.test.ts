import { EXECUTION_STATUSES, type ExecutionStatus } from '@st2/model'
import { expect, it } from 'vitest'
import { childOf } from '../../widgets/run/test-executions.ts'
import { type ExecutionVerb, refusalOf } from './execution-requests.ts'

const WORKFLOW = 'orquesta'
const COMMAND = 'local-shell-cmd'
const of = (runner: string, status: ExecutionStatus) => childOf('task', [[status, 0]], { runner })

it.each<{ verb: ExecutionVerb; taken: string }>([
  { verb: 'cancel', taken: 'requested scheduled delayed running pausing paused resuming' },
  { verb: 'pause', taken: 'running' },
  { verb: 'resume', taken: 'paused' },
  { verb: 'rerun', taken: EXECUTION_STATUSES.join(' ') },
])('a workflow takes $verb where its status permits it: $taken', ({ verb, taken }) => {
  const takers = EXECUTION_STATUSES.filter((status) => refusalOf(verb, of(WORKFLOW, status)) === undefined)
  expect(takers.join(' ')).toBe(taken)
})

it.each<{ verb: ExecutionVerb; runner: string; status: ExecutionStatus; reason: string }>([
  { verb: 'pause', runner: COMMAND, status: 'running', reason: 'Only workflows can be paused.' },
  { verb: 'resume', runner: COMMAND, status: 'running', reason: 'Only workflows can be resumed.' },
  { verb: 'cancel', runner: COMMAND, status: 'failed', reason: 'It has already ended: failed.' },
  { verb: 'cancel', runner: WORKFLOW, status: 'canceling', reason: 'It is being canceled already.' },
  { verb: 'pause', runner: WORKFLOW, status: 'delayed', reason: 'It has not started yet.' },
  { verb: 'resume', runner: WORKFLOW, status: 'running', reason: 'It is not paused.' },
])('says why $verb is not for $runner while it is $status', ({ verb, runner, status, reason }) => {
  expect(refusalOf(verb, of(runner, status))).toBe(reason)
})
