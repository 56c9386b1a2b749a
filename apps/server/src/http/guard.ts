import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AuthenticateDeps, authenticate, type Principal } from '@st2/engine'
import { AccessDeniedError, type Permission } from '@st2/model'
import { findCredential, setsCookie } from './credentials.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null on public routes only. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    permission?: Permission
  }
}

export interface GuardOptions {
  readonly deps: AuthenticateDeps
  /** `[auth] enable` off: everybody is the system user. */
  readonly isEnabled: boolean
  readonly systemUser: string
  readonly cookie: CookieOptions
}

export interface CookieOptions {
  /** null: Secure only when the request came over TLS. */
  readonly secure: boolean | null
  readonly sameSite: 'strict' | 'lax' | 'none' | 'unset'
}

/**
 * Nobody reaches a route unasked: a route without a declared permission does not register, and every route but the
 * public ones knows its principal before its handler runs.
 */
export function addGuard(app: FastifyInstance, options: GuardOptions): void {
  app.decorateRequest('principal', null)
  app.addHook('onRoute', (route) => {
    if (route.config?.permission === undefined) throw new Error(`route ${route.url} declares no permission`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const permission = request.routeOptions.config.permission
    if (permission === undefined || permission === 'public') return
    const principal = options.isEnabled ? await authenticate(options.deps, findCredential(request)) : nobody(options)
    request.principal = principal
    if (permission === 'admin' && !principal.isAdmin) throw new AccessDeniedError('Administrator access required')
    if (options.isEnabled && setsCookie(request)) setCookie(request, reply, principal, options)
  })
}

/** The caller of a route that is not public. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === null) throw new Error('a public route asked who its caller is')
  return request.principal
}

function nobody(options: GuardOptions): Principal {
  return { user: options.systemUser, isAdmin: true, mayImpersonate: false, method: 'none', location: 'header' }
}

function setCookie(request: FastifyRequest, reply: FastifyReply, principal: Principal, options: GuardOptions): void {
  const credential = findCredential(request)
  if (credential === null || principal.tokenExpiresAt === undefined) return
  const maxAge = Math.max(0, Math.floor((principal.tokenExpiresAt - options.deps.clock.now()) / 1000))
  const { secure, sameSite } = options.cookie
  // NOTE: as a plain header, because an event stream is sent past the hook that would write the cookie.
  reply.header(
    'set-cookie',
    reply.server.serializeCookie('auth-token', credential.value, {
      path: '/',
      maxAge,
      expires: new Date(principal.tokenExpiresAt),
      httpOnly: true,
      secure: secure ?? request.protocol === 'https',
      ...(sameSite === 'unset' ? {} : { sameSite }),
    }),
  )
}
