import { describe, expect, it } from 'vitest'
import { parseSession } from './session-storage.ts'

const token = {
  id: '1',
  user: 'st2admin',
  token: 'abc',
  expiry: '2026-11-26T19:35:49.159791Z',
  metadata: {},
  service: false,
}

describe('a stored session', () => {
  it('of the previous WebUI is taken over', () => {
    const text = JSON.stringify({
      server: { api: 'https://h/api', auth: 'https://h/auth', stream: 'https://h/stream', token },
      token,
    })
    expect(parseSession(text, true)).toEqual({
      remembered: true,
      server: { api: 'https://h/api', auth: 'https://h/auth', stream: 'https://h/stream' },
      token,
    })
  })

  it('that single sign-on completed is taken over, whatever it left out', () => {
    const text = JSON.stringify({ server: { api: 'https://h/api' }, token: { token: 'abc', user: 'x' } })
    expect(parseSession(text, true)).toMatchObject({
      server: { auth: 'https://h/auth' },
      token: { user: 'x', expiry: '' },
    })
  })

  it.each([null, '', '{', '[]', '{"server": {"api": "x"}}', '{"token": {"token": "x"}}'])(
    'is none when it reads %j',
    (text) => {
      expect(parseSession(text, true)).toBeNull()
    },
  )
})
