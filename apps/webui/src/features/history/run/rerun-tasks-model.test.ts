import { describe, expect, it } from 'vitest'
import { runModel } from '../../../widgets/run/run-model.ts'
import { childOf } from '../../../widgets/run/test-executions.ts'
import { firstChosen, rerunChoices } from './rerun-tasks-model.ts'

const model = runModel({
  status: 'failed',
  insight: null,
  executions: [
    childOf('good', [['succeeded', 1]]),
    childOf('items', [['succeeded', 2]], { item: 0 }),
    childOf('some', [['failed', 3]], { item: 0 }),
    childOf('late', [['timeout', 4]]),
  ],
})

describe('tasks to run again', () => {
  const choices = rerunChoices(model)

  it('offers what went wrong first, and says why items that all succeeded cannot be', () => {
    expect(choices.map(({ task }) => task.name)).toEqual(['some', 'late', 'good', 'items'])
    expect(choices.filter(({ refusal }) => refusal !== null).map(({ task }) => task.name)).toEqual(['items'])
    expect(choices.filter(({ hasItems }) => hasItems).map(({ task }) => task.name)).toEqual(['some', 'items'])
  })

  it('begins with the task that was asked for, else with all that went wrong', () => {
    expect([...firstChosen(choices, 'good')]).toEqual(['good'])
    expect([...firstChosen(choices, '')]).toEqual(['some', 'late'])
    expect([...firstChosen(choices, 'items')], 'it cannot be').toEqual(['some', 'late'])
  })
})
