import type { Token } from '@st2/model'
import type { ServerAddress } from './server-address.ts'

/**
 * The session under the keys that the previous WebUI and the single sign-on page use: `st2Session` holds
 * `{server, token}`, `logged_in` tells other tabs. Remembered: for this browser, else for this tab.
 */
export interface StoredSession {
  readonly server: ServerAddress
  readonly token: Token
  readonly remembered: boolean
}

const SESSION_KEY = 'st2Session'
const LOGGED_IN_KEY = 'logged_in'

export function loadSession(): StoredSession | null {
  const remembered = parseSession(read(localStorage), true)
  if (remembered === null) return parseSession(read(sessionStorage), false)
  // Single sign-on leaves no mark for other tabs.
  if (localStorage.getItem(LOGGED_IN_KEY) === null)
    write(localStorage, LOGGED_IN_KEY, JSON.stringify({ loggedIn: true }))
  return remembered
}

export function saveSession(session: { server: ServerAddress; token: Token }, remember: boolean): void {
  const { server, token } = session
  const text = JSON.stringify({ server: { ...server, token }, token })
  // NOTE: what stands there already is written over, not removed: other tabs would take that for a sign-out.
  forgetIn(remember ? sessionStorage : localStorage)
  write(remember ? localStorage : sessionStorage, SESSION_KEY, text)
  if (remember) write(localStorage, LOGGED_IN_KEY, JSON.stringify({ loggedIn: true }))
}

/** The single sign-on page only adds a token to a session that exists. */
export function rememberServer(server: ServerAddress): void {
  write(localStorage, SESSION_KEY, JSON.stringify({ server }))
}

export function forgetSession(): void {
  for (const storage of [localStorage, sessionStorage]) forgetIn(storage)
}

function forgetIn(storage: Storage): void {
  storage.removeItem(SESSION_KEY)
  storage.removeItem(LOGGED_IN_KEY)
}

/** Another tab signed out (null) or in. */
export function onForeignChange(listener: (session: StoredSession | null) => void): void {
  addEventListener('storage', (event) => {
    if (event.key === LOGGED_IN_KEY && event.newValue === null && event.oldValue !== null) listener(null)
    if (event.key !== SESSION_KEY || event.newValue === null) return
    const session = parseSession(event.newValue, true)
    if (session !== null) listener(session)
  })
}

export function parseSession(text: string | null, remembered: boolean): StoredSession | null {
  const stored = parse(text)
  const server = asObject(stored?.['server'])
  const token = asObject(stored?.['token'])
  if (server === null || token === null || typeof token['token'] !== 'string') return null
  const api = String(server['api'] ?? '')
  if (api === '') return null
  const root = api.replace(/\/api$/, '')
  return {
    remembered,
    server: {
      ...(typeof server['name'] === 'string' ? { name: server['name'] } : {}),
      api,
      auth: typeof server['auth'] === 'string' ? server['auth'] : `${root}/auth`,
      stream: typeof server['stream'] === 'string' ? server['stream'] : `${root}/stream`,
    },
    token: {
      id: String(token['id'] ?? ''),
      user: String(token['user'] ?? ''),
      token: token['token'],
      expiry: String(token['expiry'] ?? ''),
      metadata: asObject(token['metadata']) ?? {},
      service: token['service'] === true,
    },
  }
}

function parse(text: string | null): Record<string, unknown> | null {
  try {
    return text === null ? null : asObject(JSON.parse(text))
  } catch {
    return null // foreign content under our key is no session
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function read(storage: Storage): string | null {
  return storage.getItem(SESSION_KEY)
}

/** A full or closed storage costs the memory of the session, not the session. */
function write(storage: Storage, key: string, text: string): void {
  try {
    storage.setItem(key, text)
  } catch {
    return
  }
}
