import { describe, expect, it } from 'vitest'
import { readSocketRequest, SocketRequestError } from './socket-messages.ts'

const ID = '5f0000000000000000000000'
const read = (message: unknown) => readSocketRequest(JSON.stringify(message))

/** What is said of a message that cannot be followed. */
function refusal(text: string): Pick<SocketRequestError, 'message' | 'field' | 'subscriptionId'> {
  try {
    readSocketRequest(text)
  } catch (error) {
    if (error instanceof SocketRequestError) return error
    throw error
  }
  throw new Error(`nothing is wrong with ${text}`)
}

describe('a message of a WebSocket client', () => {
  it('subscribes', () => {
    const asked = {
      id: 'run',
      executions: [ID],
      events: ['st2.execution__*'],
      action_refs: ['core.noop'],
      top_level: true,
      include_attributes: ['status', 'action.ref'],
    }
    expect(read({ subscribe: asked })).toEqual({
      kind: 'subscribe',
      subscription: {
        id: 'run',
        executions: [ID],
        events: ['st2.execution__*'],
        actionRefs: ['core.noop'],
        topLevelOnly: true,
        include: ['status', 'action.ref'],
      },
    })
  })

  it('may leave everything out', () => {
    const nothing = {
      executions: undefined,
      events: undefined,
      actionRefs: undefined,
      topLevelOnly: false,
      include: null,
    }
    expect(read({ subscribe: {} })).toEqual({ kind: 'subscribe', subscription: { id: 'default', ...nothing } })
    expect(read({ unsubscribe: {} })).toEqual({ kind: 'unsubscribe', id: 'default' })
    expect(read({ ping: 7 })).toEqual({ kind: 'ping', payload: 7 })
  })

  it.each([
    ['{', null, 'A message is JSON'],
    ['[]', null, 'A message is an object.'],
    ['{}', null, 'A message is an object with one of subscribe, unsubscribe, ping.'],
    ['{"ping":1,"subscribe":{}}', null, 'A message is an object with one of'],
    ['{"toString":1}', null, 'A message is an object with one of'],
    ['{"subscribe":[]}', 'subscribe', 'subscribe is not an object.'],
    ['{"subscribe":{"id":""}}', 'subscribe.id', 'id is a text of 1 to 64 characters.'],
    ['{"unsubscribe":{"id":7}}', 'unsubscribe.id', 'id is a text of 1 to 64 characters.'],
    ['{"unsubscribe":{"events":[]}}', 'unsubscribe.events', 'unsubscribe has no "events"; it takes id.'],
    ['{"subscribe":{"execution":[]}}', 'subscribe.execution', 'subscribe has no "execution"'],
    ['{"subscribe":{"executions":"x"}}', 'subscribe.executions', 'executions is not a list.'],
    [`{"subscribe":{"executions":["${ID}","last"]}}`, 'subscribe.executions[1]', "'last' is not a valid ObjectId"],
    ['{"subscribe":{"events":[7]}}', 'subscribe.events[0]', 'It is not a text.'],
    ['{"subscribe":{"top_level":"yes"}}', 'subscribe.top_level', 'top_level is true or false.'],
    [
      '{"subscribe":{"include_attributes":["sealed"]}}',
      'subscribe.include_attributes[0]',
      'Invalid or unsupported include attribute specified: sealed',
    ],
  ])('%s is refused, naming %s', (text, field, message) => {
    const refused = refusal(text)
    expect([refused.field, refused.message]).toEqual([field, expect.stringContaining(message)])
  })

  it('is refused above the limits', () => {
    const many = (count: number, item: string) => Array.from({ length: count }, () => item)
    expect(refusal(JSON.stringify({ subscribe: { id: 'run', executions: many(1001, ID) } }))).toMatchObject({
      field: 'subscribe.executions',
      message: 'executions has 1001 items; at most 1000 are allowed.',
      subscriptionId: 'run',
    })
    expect(refusal(JSON.stringify({ subscribe: { events: many(101, 'x') } })).field).toBe('subscribe.events')
    expect(refusal(JSON.stringify({ subscribe: { events: ['x'.repeat(201)] } })).field).toBe('subscribe.events[0]')
  })
})
