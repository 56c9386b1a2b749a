import { describe, expect, it } from 'vitest'
import { isTrustedOrigin } from './origin.ts'

describe('a page is trusted', () => {
  it.each([
    ['https://st2.example.com', 'st2.example.com', true],
    ['http://127.0.0.1:8080', '127.0.0.1:8080', true],
    ['https://st2.example.com', 'ST2.example.com', true],
    ['https://listed.example.com', 'st2.example.com', true],
    ['http://listed.example.com', 'st2.example.com', false],
    ['https://evil.example.com', 'st2.example.com', false],
    ['https://st2.example.com:8443', 'st2.example.com', false],
    ['https://st2.example.com.evil.com', 'st2.example.com', false],
    ['null', 'null', false],
    [undefined, 'st2.example.com', false],
    ['https://st2.example.com', undefined, false],
  ])('with origin %s at host %s: %s', (origin, host, isTrusted) => {
    const headers = { ...(origin === undefined ? {} : { origin }), ...(host === undefined ? {} : { host }) }
    expect(isTrustedOrigin({ headers }, ['https://listed.example.com', '*'])).toBe(isTrusted)
  })
})
