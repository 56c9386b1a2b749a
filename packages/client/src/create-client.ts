import type { Endpoints } from './endpoints.ts'
import { createHttp, type HttpOptions } from './http.ts'
import { actionsResource } from './resources/actions.ts'
import { authResource } from './resources/auth.ts'
import { type CollectionResource, collectionResource } from './resources/collection.ts'
import { executionsResource } from './resources/executions.ts'
import { keysResource } from './resources/keys.ts'
import { packsResource } from './resources/packs.ts'
import { runnerTypesResource } from './resources/runner-types.ts'
import { userResource } from './resources/user.ts'
import { type EventsOptions, streamEvents } from './stream/events.ts'
import { type OutputOptions, streamOutput } from './stream/output.ts'
import { createUrls } from './urls.ts'

export interface ClientOptions extends Endpoints, HttpOptions {}

export type Client = ReturnType<typeof createClient>

/** The REST API and the stream, typed, for browsers and for Node. */
export function createClient(options: ClientOptions) {
  const urls = createUrls(options)
  const http = createHttp(options)
  return {
    /** Every address, for links. */
    urls,
    actions: actionsResource(http, urls),
    executions: executionsResource(http, urls),
    runnerTypes: runnerTypesResource(http, urls),
    packs: packsResource(http, urls),
    keys: keysResource(http, urls),
    auth: authResource(http, urls),
    user: userResource(http, urls),
    /** A collection by its path, for what treats all of them alike. */
    collection: <T>(path: string): CollectionResource<T> => collectionResource<T>(http, urls, path),
    stream: {
      events: (streamOptions?: EventsOptions) => streamEvents(http, urls, streamOptions),
      output: (executionId: string, streamOptions?: OutputOptions) =>
        streamOutput(http, urls, executionId, streamOptions),
    },
  }
}
