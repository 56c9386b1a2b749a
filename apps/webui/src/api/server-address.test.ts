import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { endpointsOf, ownServer, serverOf } from './server-address.ts'

const place = { protocol: 'https:', hostname: 'st2.example.com', origin: 'https://st2.example.com' }
const host = { name: 'x', url: '//a/api', auth: undefined, stream: undefined, token: undefined }

describe('server addresses', () => {
  it('are those of the page when nothing is configured', () => {
    expect(endpointsOf(ownServer(place))).toEqual({
      api: 'https://st2.example.com/api/v1',
      auth: 'https://st2.example.com/auth/v1',
      stream: 'https://st2.example.com/stream/v1',
    })
  })

  it('may leave out host or protocol', () => {
    expect(serverOf({ ...host, auth: true }, place)).toMatchObject({ api: 'https://a/api', auth: 'https://a/api' })
    expect(serverOf({ ...host, url: 'https://:443/api' }, place)).toMatchObject({
      api: 'https://st2.example.com:443/api',
      auth: 'https://st2.example.com:443/auth',
    })
    expect(serverOf({ ...host, url: 'http://b:9101', auth: 'http://b:9100/' }, place)).toMatchObject({
      api: 'http://b:9101',
      auth: 'http://b:9100',
    })
  })
})

describe('config.js', () => {
  it('is read with defaults for what is missing or wrong', () => {
    expect(readConfig({})).toEqual({
      hosts: [],
      maxResultSize: 102_400,
      inactivitySeconds: 7200,
      showVersion: false,
      version: null,
    })
    const st2Config = { hosts: [{ url: '//a' }, { name: 'no url' }, 3], max_execution_result_size_for_render: -1 }
    expect(readConfig({ st2Config })).toMatchObject({
      hosts: [{ name: 'Server 1', url: '//a' }],
      maxResultSize: 102_400,
    })
  })
})
