import { createRestClient } from '@st2/client'
import type { Token } from '@st2/model'
import { create } from 'zustand'
import { config } from './config.ts'
import { endpointsOf, ownServer, type ServerAddress, serverOf } from './server-address.ts'
import { forgetSession, loadSession, onForeignChange, rememberServer, saveSession } from './session-storage.ts'

/**
 * `out`: nobody is signed in. `expired`: the token ended while somebody works; everything stays on the screen and the
 * password is asked for. `locked`: the same after a long idle time, with the screen covered.
 */
export type SessionPhase = 'out' | 'in' | 'expired' | 'locked'

interface Session {
  readonly phase: SessionPhase
  readonly server: ServerAddress
  readonly token: Token | null
  readonly remembered: boolean
  /** Why the login is shown, when it is not obvious. */
  readonly notice: string | null
}

export const useSession = create<Session>(() => initialSession())

export function servers(): readonly ServerAddress[] {
  return config.hosts.length === 0 ? [ownServer(location)] : config.hosts.map((host) => serverOf(host, location))
}

export interface Login {
  readonly server: ServerAddress
  readonly username: string
  readonly password: string
  readonly remember: boolean
}

/** @throws ApiError with status 401 when the password is wrong */
export async function signIn({ server, username, password, remember }: Login): Promise<void> {
  const token = await createRestClient(endpointsOf(server)).auth.login(username, password)
  enter(server, token, remember)
}

export function signOut(notice: string | null = null): void {
  forgetSession()
  useSession.setState({ phase: 'out', token: null, notice })
}

/** The server no longer accepts the token. Work on the screen is kept. */
export function expireSession(): void {
  if (useSession.getState().phase === 'in') useSession.setState({ phase: 'expired' })
}

export async function isSsoOffered(server: ServerAddress): Promise<boolean> {
  try {
    const response = await fetch(`${endpointsOf(server).auth}/sso`)
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null && 'enabled' in body && body.enabled === true
  } catch {
    return false // servers without single sign-on answer 404 or nothing
  }
}

/** Leaves the page. The identity provider's answer puts the token into the stored session and comes back here. */
export function startSso(server: ServerAddress): void {
  rememberServer(server)
  location.assign(`${endpointsOf(server).auth}/sso/request?referer=${encodeURIComponent(location.href)}`)
}

/** ms between looks at the clock; browsers throttle long timers of hidden pages, so one long timer would be late. */
const WATCH_MS = 10_000

/** Watches expiry, idleness and other tabs, for as long as the page lives. */
export function watchSession(): void {
  let lastActive = Date.now()
  for (const name of ['mousemove', 'keydown', 'touchstart', 'scroll'])
    addEventListener(name, () => (lastActive = Date.now()), { passive: true, capture: true })

  setInterval(() => {
    const { phase, token } = useSession.getState()
    if (phase !== 'in') return
    if (Date.now() - lastActive > config.inactivitySeconds * 1000) lock()
    else if (token !== null && isOver(token)) expireSession()
  }, WATCH_MS)

  onForeignChange((stored) => {
    if (stored === null) useSession.setState({ phase: 'out', token: null, notice: 'Signed out in another tab.' })
    else if (!isOver(stored.token)) enterStored(stored.server, stored.token, true)
  })
}

function lock(): void {
  forgetSession()
  const { token } = useSession.getState()
  // Who it was is kept for the dialog; what would let a request through is not.
  useSession.setState({ phase: 'locked', token: token && { ...token, token: '' } })
}

function enter(server: ServerAddress, token: Token, remember: boolean): void {
  saveSession({ server, token }, remember)
  enterStored(server, token, remember)
}

function enterStored(server: ServerAddress, token: Token, remembered: boolean): void {
  useSession.setState({ phase: 'in', server, token, remembered, notice: null })
}

function initialSession(): Session {
  const first = servers()[0] ?? ownServer(location)
  const none: Session = { phase: 'out', server: first, token: null, remembered: true, notice: null }
  const stored = loadSession()
  if (stored === null) return none
  if (isOver(stored.token))
    return { ...none, server: stored.server, notice: 'Your session has expired. Sign in to go on.' }
  return { phase: 'in', server: stored.server, token: stored.token, remembered: stored.remembered, notice: null }
}

function isOver(token: Token): boolean {
  const expiry = Date.parse(token.expiry)
  return !Number.isNaN(expiry) && expiry <= Date.now()
}
