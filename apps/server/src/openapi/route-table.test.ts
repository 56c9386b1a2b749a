import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { collectRoutes } from './route-table.ts'

describe('the table of routes', () => {
  it('remembers what registers, once for each method', () => {
    const app = Fastify()
    const routes = collectRoutes(app)
    const config = { permission: 'public', api: { summary: 'A thing' } } as const
    app.get('/things', { config }, () => '')
    app.put('/things', { config }, () => '')
    expect(routes).toEqual([
      { method: 'GET', url: '/things', ...config },
      { method: 'PUT', url: '/things', ...config },
    ])
  })

  it('takes no route that does not say what it is', () => {
    const app = Fastify()
    collectRoutes(app)
    expect(() => app.get('/things', { config: { permission: 'public' } }, () => '')).toThrow(
      'route /things declares no api document',
    )
  })
})
