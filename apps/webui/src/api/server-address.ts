import type { Endpoints } from '@st2/client'
import type { Host } from './config.ts'

/** Where a server answers, in the form the session is stored in: without the version. */
export interface ServerAddress {
  readonly name?: string
  readonly api: string
  readonly auth: string
  readonly stream: string
}

interface Place {
  readonly protocol: string
  readonly hostname: string
  readonly origin: string
}

export function ownServer(place: Place): ServerAddress {
  return { api: `${place.origin}/api`, auth: `${place.origin}/auth`, stream: `${place.origin}/stream` }
}

/** `https://:443/api` means this host, `//host/api` this protocol, `auth: true` the API's own address. */
export function serverOf(host: Host, place: Place): ServerAddress {
  const api = complete(host.url, place)
  return {
    name: host.name,
    api,
    auth: host.auth === true ? api : host.auth ? complete(host.auth, place) : sibling(api, 'auth'),
    stream: host.stream ? complete(host.stream, place) : sibling(api, 'stream'),
  }
}

export function endpointsOf(server: ServerAddress): Endpoints {
  return { api: versioned(server.api), auth: versioned(server.auth), stream: versioned(server.stream) }
}

function complete(url: string, place: Place): string {
  const named = url.startsWith('//')
    ? `${place.protocol}${url}`
    : url.replace(/^(https?:\/\/):/, `$1${place.hostname}:`)
  return named.replace(/\/+$/, '')
}

function sibling(api: string, service: string): string {
  return /\/api(\/v1)?$/.test(api) ? api.replace(/\/api(\/v1)?$/, `/${service}`) : api
}

function versioned(root: string): string {
  return root.endsWith('/v1') ? root : `${root}/v1`
}
