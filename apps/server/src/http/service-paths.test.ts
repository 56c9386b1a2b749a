import { describe, expect, it } from 'vitest'
import { canonicalUrl, directUrl } from './service-paths.ts'

describe('canonicalUrl', () => {
  it.each([
    ['/api/v1/actions', '/api/v1/actions'],
    ['/api/actions/?name=x', '/api/v1/actions?name=x'],
    ['/api', '/api/v1'],
    ['/api/v1/', '/api/v1'],
    ['/api/v1/actionexecutions/1', '/api/v1/executions/1'],
    ['/api/v1/stream?events=a', '/stream/v1/stream?events=a'],
    ['/api/stream', '/stream/v1/stream'],
    ['/stream/v1/executions/last/output', '/stream/v1/executions/last/output'],
    ['/auth/tokens', '/auth/v1/tokens'],
    ['/index.html', '/index.html'],
    ['/apicalypse', '/apicalypse'],
  ])('reads %s as %s', (url, expected) => {
    expect(canonicalUrl(url)).toBe(expected)
  })

  it.each(['/api//actions', '/api/v1/actions//', '/api/api/v1/actions', '/api/exp/actions', '/api/v2/actions'])(
    'finds nothing at %s',
    (url) => {
      expect(canonicalUrl(url)).toBe('/-')
    },
  )

  it('gives a direct port its service', () => {
    expect(canonicalUrl(directUrl('api', '/v1/actions/'))).toBe('/api/v1/actions')
    expect(canonicalUrl(directUrl('api', '/executions'))).toBe('/api/v1/executions')
    expect(canonicalUrl(directUrl('auth', '/tokens'))).toBe('/auth/v1/tokens')
    expect(canonicalUrl(directUrl('api', '/api/v1/actions'))).toBe('/-')
  })
})
