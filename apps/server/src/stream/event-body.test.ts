import { describe, expect, it } from 'vitest'
import { EventBody } from './event-body.ts'

describe('the body of an event', () => {
  it('is written once for all who are told the same part of it', () => {
    let written = 0
    const parameters = { toJSON: () => ++written }
    const body = new EventBody({ id: 'e', status: 'running', parameters, context: {} })
    const texts = [['id', 'parameters'], ['id', 'parameters'], null, null].map((include) => body.text(include))
    expect(written).toBe(2)
    expect(texts[0]).toBe(texts[1])
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({ id: 'e', parameters: 1 })
    expect(JSON.parse(texts[2] ?? '')).toEqual({ id: 'e', status: 'running', parameters: 2, context: {} })
  })
})
