import { expect, it } from 'vitest'
import { runErrors } from './run-errors.ts'

it('tells each mistake once, and where it is', () => {
  const errors = [
    { type: 'content', message: 'The action "a.b" is not registered in the database.', spec_path: 'tasks.one.action' },
    { type: 'error', message: 'Execution failed. See result for details.', task_id: 'two' },
    { type: 'error', message: 'Execution failed. See result for details.', task_id: 'two' },
    { message: 'no place' },
    'odd',
  ]
  expect(runErrors({ output: null, errors })).toEqual([
    'tasks.one.action: The action "a.b" is not registered in the database.',
    'two: Execution failed. See result for details.',
    'no place',
  ])
})

it.each([null, 'text', {}, { errors: 'none' }])('tells nothing for %j', (result) =>
  expect(runErrors(result)).toEqual([]),
)
