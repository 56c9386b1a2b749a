import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS } from '@st2/model'
import { parseCommandLine } from '../src/options.ts'
import { startServer as compose } from '../src/server.ts'
import { answerOf, faultOf } from './support/api.ts'
import { startServer, temporaryFolder, type TestServer } from './support/server.ts'

interface Route {
  readonly method: string
  readonly url: string
  readonly permission: string | undefined
}

/** Reachable without a credential, and why. */
const PUBLIC = [
  'GET /healthz', // for whoever watches the process
  'GET /readyz',
  'POST /auth/v1/tokens', // the login itself
  'GET /auth/v1/sso', // asked before the login
]
const stack = new AsyncDisposableStack()
let routes: Route[]
let server: TestServer

beforeAll(async () => {
  routes = await routesOfAServer()
  server = stack.use(await startServer())
})

afterAll(() => stack.disposeAsync())

/** Composes a server in this process, to see every route that it registers. */
async function routesOfAServer(): Promise<Route[]> {
  const found: Route[] = []
  const onFastify = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', (route) => {
      found.push(...methodsOf(route))
    })
  }
  using folder = temporaryFolder()
  const args = ['--port', '0', '--no-direct-ports', '--data-dir', join(folder.path, 'data')]
  const options = parseCommandLine(args)
  if ('show' in options) throw new Error('these options start a server')
  subscribe('fastify.initialization', onFastify)
  try {
    const quiet = { step: () => undefined, problem: () => undefined }
    const running = await compose(options, { ST2_ADMIN_PASSWORD: 'x' }, quiet)
    await running.stop()
  } finally {
    unsubscribe('fastify.initialization', onFastify)
  }
  return found
}

function methodsOf(route: RouteOptions): Route[] {
  const permission = route.config?.permission
  return [route.method].flat().map((method) => ({ method, url: route.url, permission }))
}

function ofServices(): Route[] {
  return routes.filter(({ url }) => /^\/(api|auth|stream|healthz|readyz)(\/|$)/.test(url))
}

function guarded(): Route[] {
  return ofServices().filter(({ permission }) => permission !== 'public')
}

async function ask(route: Route, headers: Record<string, string>) {
  const path = route.url.replace(/:[a-zA-Z]+/g, '5f0000000000000000000000').replace('*', 'pack.yaml')
  return answerOf(await fetch(server.url + path, { method: route.method, headers }))
}

describe('the table of routes', () => {
  it('has the routes of all three services', () => {
    const services = new Set(ofServices().map(({ url }) => url.split('/')[1]))
    expect([...services].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'api',
      'auth',
      'healthz',
      'readyz',
      'stream',
    ])
    expect(ofServices().length).toBeGreaterThan(25)
  })

  it('declares a known permission for every route', () => {
    const known: readonly string[] = [...PERMISSIONS]
    const without = ofServices().filter(({ permission }) => permission === undefined || !known.includes(permission))
    expect(without).toEqual([])
  })

  it('has outside of the services only files that are read', () => {
    const outside = routes.filter((route) => !ofServices().includes(route))
    expect(outside.filter(({ method }) => !['GET', 'HEAD'].includes(method))).toEqual([])
  })

  it('is public for exactly what must be', () => {
    const found = ofServices().filter(({ permission, method }) => permission === 'public' && method !== 'HEAD')
    expect(found.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([...PUBLIC].sort())
  })

  it('answers 401 to everybody without a credential', async () => {
    for (const route of guarded()) {
      const answer = await ask(route, {})
      expect.soft(answer.status, `${route.method} ${route.url}`).toBe(401)
      if (route.method === 'HEAD') continue
      expect.soft(faultOf(answer), route.url).toBe('Unauthorized - One of Token or API key required.')
    }
  })

  it('answers 401 to a token that nobody has', async () => {
    for (const route of guarded()) {
      const answer = await ask(route, { 'x-auth-token': 'deadbeefdeadbeefdeadbeefdeadbeef' })
      expect.soft(answer.status, `${route.method} ${route.url}`).toBe(401)
      if (route.method === 'HEAD') continue
      expect.soft(faultOf(answer), route.url).toBe('Unauthorized')
    }
  })

  it('answers 401 to a wrong API key, without telling its hash', async () => {
    for (const route of guarded()) {
      const answer = await ask(route, { 'st2-api-key': 'nope' })
      expect.soft(answer.status, `${route.method} ${route.url}`).toBe(401)
      expect.soft(answer.text).not.toContain('key_hash')
    }
  })
})
