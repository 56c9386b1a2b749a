import { expect, it } from 'vitest'
import { guardOf } from './guards.ts'

it.each([
  ['<% succeeded() %>', 'succeeded'],
  ['{{ failed() }}', 'failed'],
  ['<% succeeded() and ctx(x) > 1 %>', 'succeeded'],
  ['<% result().code = 1 and failed() %>', 'failed'],
  ['<% succeeded() or failed() %>', 'open'],
  ['<% not succeeded() %>', 'open'],
  ['<% completed() %>', 'open'],
  ['<% succeeded() and failed() %>', 'never'],
  ['<% false %>', 'never'],
  ['{{ [] }}', 'never'],
  ['false', 'open'],
  ['succeeded()', 'open'],
  [null, 'open'],
])('takes %j for %s', (when, guard) => {
  expect(guardOf(when)).toBe(guard)
})
