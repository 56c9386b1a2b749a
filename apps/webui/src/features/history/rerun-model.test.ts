import { MASK } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { rerunBody, rerunStart } from './rerun-model.ts'

describe('a re-run never sends masked secrets (webui.md 17 row 3)', () => {
  const start = rerunStart({
    cmd: 'date',
    count: 0,
    token: MASK,
    password: MASK,
    auth: { user: 'x', key: MASK },
    list: [1],
  })

  it('keeps every masked value out of the form, nested ones too', () => {
    expect([...start.masked]).toEqual(['token', 'password', 'auth'])
    expect(start.values).toEqual({ cmd: 'date', count: 0, list: [1] })
  })

  it('sends only what was changed, and never a mask', () => {
    const body = rerunBody(start, { cmd: 'uptime', count: 0, list: [1], token: 'new' })
    expect(body).toEqual({ cmd: 'uptime', token: 'new' })
    expect(JSON.stringify(rerunBody(start, start.values))).toBe('{}')
  })
})
