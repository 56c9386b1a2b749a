import { InvalidError, RateLimitedError, type Token, UnauthenticatedError } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import { checkHtpasswd } from './htpasswd.ts'
import type { TokenStore } from './token-store.ts'
import type { UserStore } from './user-store.ts'

export interface LoginDeps {
  readonly tokens: TokenStore
  readonly users: UserStore
  readonly clock: Clock
  readonly htpasswdPath: string
  /** `[auth] token_ttl`, seconds: default and maximum. */
  readonly tokenTtl: number
  readonly attempts: LoginAttempts
}

export interface LoginRequest {
  readonly user: string
  readonly password: string
  readonly ttl?: number | null
  readonly impersonates: boolean
}

/** A token for a user of the password file. @source services.md 9.2 */
export async function login(deps: LoginDeps, request: LoginRequest): Promise<Token> {
  deps.attempts.admit(request.user)
  if (!(await checkHtpasswd(deps.htpasswdPath, request.user, request.password))) {
    deps.attempts.fail(request.user)
    throw new UnauthenticatedError('Invalid or missing credentials')
  }
  deps.attempts.succeed(request.user)
  const ttlSeconds = request.ttl ?? deps.tokenTtl
  if (ttlSeconds > deps.tokenTtl) {
    throw new InvalidError(`TTL specified ${ttlSeconds} is greater than max allowed ${deps.tokenTtl}.`)
  }
  if (request.impersonates) {
    throw new InvalidError('Current user is not a service and cannot request impersonated tokens')
  }
  await deps.users.ensure(request.user)
  return deps.tokens.issue({ user: request.user, ttlSeconds })
}

const WINDOW_MS = 60_000
const TRACKED_USERS = 10_000

/** Failed logins per user and minute; above `[auth] login_attempts_per_minute` the user has to wait. */
export class LoginAttempts {
  readonly #limit: number
  readonly #clock: Clock
  readonly #failures = new Map<string, { count: number; since: number }>()

  constructor(limit: number, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  admit(user: string): void {
    const entry = this.#current(user)
    if (entry !== null && entry.count >= this.#limit) {
      throw new RateLimitedError(
        `Too many failed logins of this user; wait a minute (auth.login_attempts_per_minute is ${this.#limit}).`,
      )
    }
  }

  fail(user: string): void {
    if (this.#failures.size >= TRACKED_USERS) this.#failures.clear()
    const entry = this.#current(user)
    this.#failures.set(user, { count: (entry?.count ?? 0) + 1, since: entry?.since ?? this.#clock.monotonic() })
  }

  succeed(user: string): void {
    this.#failures.delete(user)
  }

  #current(user: string): { count: number; since: number } | null {
    const entry = this.#failures.get(user)
    return entry !== undefined && this.#clock.monotonic() - entry.since < WINDOW_MS ? entry : null
  }
}
