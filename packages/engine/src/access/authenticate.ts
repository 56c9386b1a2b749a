import { UnauthenticatedError } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { ApiKeyStore } from './api-key-store.ts'
import type { Principal } from './principal.ts'
import type { TokenStore } from './token-store.ts'

/** The one credential that decides: the first found, in upstream's order; a bad one is not followed by the next. */
export interface Credential {
  readonly kind: 'token' | 'api-key'
  readonly value: string
  readonly location: 'header' | 'query'
}

export interface AuthenticateDeps {
  readonly tokens: TokenStore
  readonly apiKeys: ApiKeyStore
  readonly clock: Clock
  /** `[auth] admins` */
  readonly admins: readonly string[]
}

/** @throws UnauthenticatedError with upstream's texts. A bad API key's hash is not disclosed, unlike upstream. */
export async function authenticate(deps: AuthenticateDeps, credential: Credential | null): Promise<Principal> {
  if (credential === null) throw new UnauthenticatedError('Unauthorized - One of Token or API key required.')
  return credential.kind === 'token' ? byToken(deps, credential) : byApiKey(deps, credential)
}

async function byToken(deps: AuthenticateDeps, credential: Credential): Promise<Principal> {
  const token = await deps.tokens.find(credential.value)
  if (token === null) throw new UnauthenticatedError('Unauthorized')
  if (token.expires_at <= deps.clock.now()) throw new UnauthenticatedError('Unauthorized - Token has expired.')
  return {
    ...identity(deps, token.user),
    method: 'authentication token',
    location: credential.location,
    tokenExpiresAt: token.expires_at,
  }
}

async function byApiKey(deps: AuthenticateDeps, credential: Credential): Promise<Principal> {
  const key = await deps.apiKeys.findByKey(credential.value)
  if (key === null) throw new UnauthenticatedError('Unauthorized - API key not found.')
  if (!key.enabled) throw new UnauthenticatedError('Unauthorized - API key is disabled.')
  return { ...identity(deps, key.user), method: 'API key', location: credential.location }
}

function identity(deps: AuthenticateDeps, user: string): Pick<Principal, 'user' | 'isAdmin' | 'mayImpersonate'> {
  return { user, isAdmin: true, mayImpersonate: deps.admins.includes(user) }
}
