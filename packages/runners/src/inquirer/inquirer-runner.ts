import type { Runner } from '@st2/engine/runner'
import { inquirerManifest } from './manifest.ts'

/** Asks, and leaves the rest to people: the execution waits for their response. @source packs-and-runners.md 7 */
export const inquirerRunner: Runner = {
  manifest: inquirerManifest,
  place: 'engine',
  needsToken: false,
  run({ runner_parameters: { schema, roles, users, route, ttl } }) {
    return Promise.resolve({ status: 'pending', result: { schema, roles, users, route, ttl } })
  },
}
