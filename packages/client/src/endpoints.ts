/** Where the three services answer. Each root includes the version and is used as it is; a trailing slash is dropped. */
export interface Endpoints {
  /** @example '/api/v1', 'http://127.0.0.1:9101/v1' */
  readonly api: string
  /** @example '/auth/v1', 'http://127.0.0.1:9100' */
  readonly auth: string
  /** @example '/stream/v1', 'http://127.0.0.1:9102/v1' */
  readonly stream: string
}

/** The roots behind one front address, where `/api`, `/auth` and `/stream` share a port. `''` means the page's own origin. */
export function endpointsBehind(origin: string): Endpoints {
  const base = withoutTrailingSlash(origin)
  return { api: `${base}/api/v1`, auth: `${base}/auth/v1`, stream: `${base}/stream/v1` }
}

/** The roots of services that listen on their own ports, where upstream's client looks without any configuration. */
export function endpointsOnPorts(base = 'http://127.0.0.1', version = 'v1'): Endpoints {
  const host = withoutTrailingSlash(base)
  return { api: `${host}:9101/${version}`, auth: `${host}:9100`, stream: `${host}:9102/${version}` }
}

export function withoutTrailingSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url
}
