import { ApiError } from '@st2/client'
import type { RuleRequest } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { serverFault } from './server-fault.ts'

const request: RuleRequest = {
  name: 'nightly',
  pack: 'examples',
  trigger: { type: 'core.st2.CronTimer', parameters: { hour: '25', delta: -1, url: 1 } },
  action: { ref: 'core.local' },
}
const refused = (status: number, faultstring: string) =>
  serverFault(
    new ApiError({ status, statusText: '', url: '/', faultstring, isJson: true, conflictId: null, requestId: null }),
    request,
  )

describe('what the server refuses is said where it belongs', () => {
  it.each([
    [409, 'Tried to save duplicate unique keys', { part: 'name' }],
    [400, 'The name of a rule must not be empty.', { part: 'name' }],
    [400, 'For field: trigger.x, no pattern specified for operator eq', { part: 'criterion', key: 'trigger.x' }],
    [400, 'Operator not specified for field: trigger.y', { part: 'criterion', key: 'trigger.y' }],
    [
      400,
      'Trigger "a.b" defined in the rule does not exist in system or it\'s missing required "parameters" attribute',
      { part: 'trigger' },
    ],
    [400, 'Unrecognized expression "25" for field "hour"', { part: 'triggerParameter', name: 'hour' }],
    [
      400,
      "Error validating expression '25': the last value (25) is higher",
      { part: 'triggerParameter', name: 'hour' },
    ],
    [400, "Error validating expression '70': the last value (70) is higher", { part: 'trigger' }],
    [400, 'delta: -1 is less than the minimum of 0', { part: 'triggerParameter', name: 'delta' }],
    [
      400,
      "1 is not of type 'string'\n\nFailed validating 'type' in schema\n\nOn instance['url']:\n    1",
      { part: 'triggerParameter', name: 'url' },
    ],
    [400, "'unit' is a required property\n\nFailed validating 'required' in schema", { part: 'trigger' }],
    [400, 'something new: nobody knows', { part: 'general' }],
    [403, 'User "x" doesn\'t have required permission', { part: 'general' }],
  ])('%i %s', (status, faultstring, place) => {
    expect(refused(status, faultstring).place).toEqual(place)
  })

  it('in words for a conflict, and without the schema for a wrong value', () => {
    expect(refused(409, 'duplicate').text).toBe(
      'There is a rule examples.nightly already. Choose another name, or edit that one.',
    )
    expect(refused(400, "1 is not of type 'string'\n\nFailed validating 'type' in schema").text).toBe(
      "1 is not of type 'string'",
    )
  })
})
