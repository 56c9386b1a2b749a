import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Engine, login } from '@st2/engine'
import { InvalidError, tokenRequestSchema, tokenSchema, UnauthenticatedError } from '@st2/model'
import { sendJson } from '../http/json-reply.ts'
import { bodyReader, readBody } from '../http/request-body.ts'

export interface TokenRoutesOptions {
  readonly engine: Engine
  /** Sent as X-API-URL, without trailing slash. */
  readonly apiUrl: () => string
}

const readTokenRequest = bodyReader(tokenRequestSchema)

const TOKEN = { type: 'object', properties: { token: { type: 'string', required: true } } } as const
const VALIDITY = { type: 'object', properties: { valid: { type: 'boolean', required: true } } } as const
const SSO = { type: 'object', properties: { enabled: { type: 'boolean', required: true } } } as const

/** @source rest-api.md 3.2 */
export function tokenRoutes(app: FastifyInstance, { engine, apiUrl }: TokenRoutesOptions): void {
  app.post(
    '/auth/v1/tokens',
    {
      config: {
        permission: 'public',
        api: { summary: 'Makes a token', body: tokenRequestSchema, status: 201, response: tokenSchema },
      },
    },
    async (request, reply) => {
      const body = readTokenRequest(request)
      const credentials = basicCredentials(request)
      const token = await login(engine.loginDeps, {
        ...credentials,
        ...(body.ttl === undefined ? {} : { ttl: body.ttl }),
        impersonates: Boolean(body.user ?? body.impersonate_user),
      })
      reply.header('x-api-url', apiUrl())
      return sendJson(reply, token, 201)
    },
  )

  app.post(
    '/auth/v1/tokens/validate',
    {
      config: {
        permission: 'authenticated',
        api: { summary: 'Whether a token is valid', body: TOKEN, response: VALIDITY },
      },
    },
    async (request, reply) => {
      const body = readBody(request)
      const value = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
      if (typeof value !== 'string' || value === '') throw new InvalidError('Token is not provided.')
      const token = await engine.tokens.find(value)
      return sendJson(reply, { valid: token !== null && token.expires_at > engine.clock.now() })
    },
  )

  app.get(
    '/auth/v1/sso',
    { config: { permission: 'public', api: { summary: 'Whether there is single sign-on', response: SSO } } },
    async (_request, reply) => sendJson(reply, { enabled: false }),
  )
}

function basicCredentials(request: FastifyRequest): { user: string; password: string } {
  const header = request.headers.authorization
  if (header === undefined) throw new UnauthenticatedError('Invalid or missing credentials')
  const parts = header.split(' ')
  if (parts.length !== 2) throw new InvalidError('Invalid authorization header')
  const [scheme = '', value = ''] = parts
  const decoded = Buffer.from(value, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (scheme.toLowerCase() !== 'basic' || colon === -1) throw new UnauthenticatedError('Invalid or missing credentials')
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}
