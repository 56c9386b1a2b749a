import type { FastifyInstance } from 'fastify'
import type { DocumentedRoute, RouteDocument } from './route-document.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    api?: RouteDocument
  }
}

/** The routes that register on this instance from now on. One that does not say what it is does not register. */
export function collectRoutes(app: FastifyInstance): readonly DocumentedRoute[] {
  const routes: DocumentedRoute[] = []
  app.addHook('onRoute', ({ config, method, url }) => {
    const { api, permission } = config ?? {}
    if (api === undefined || permission === undefined) throw new Error(`route ${url} declares no api document`)
    // Fastify adds a HEAD to every GET.
    const methods = [method].flat().filter((name) => name !== 'HEAD')
    for (const name of methods) routes.push({ method: name, url, permission, api })
  })
  return routes
}
