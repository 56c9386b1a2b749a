import { createRestClient, type Endpoints, type RestClient } from '@st2/client'
import { endpointsOf } from './server-address.ts'
import { expireSession, useSession } from './session.ts'

let made: { key: string; client: RestClient } | null = null

/** The bindings for the server of the session; its stream is the worker's. */
export function api(): RestClient {
  const endpoints = currentEndpoints()
  const key = JSON.stringify(endpoints)
  if (made?.key !== key)
    made = { key, client: createRestClient({ ...endpoints, token: currentToken, onUnauthorized: expireSession }) }
  return made.client
}

export function currentEndpoints(): Endpoints {
  return endpointsOf(useSession.getState().server)
}

function currentToken(): string | null {
  return useSession.getState().token?.token ?? null
}

/** For what fetches by itself: workers and downloads. */
export function authHeaders(): Readonly<Record<string, string>> {
  const token = currentToken()
  return token === null ? {} : { 'x-auth-token': token }
}

/** Lets the browser save an answer; a plain link could not carry the token. */
export async function download(url: string, fileName: string): Promise<void> {
  const response = await fetch(url, { headers: authHeaders() })
  if (!response.ok) throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd())
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
