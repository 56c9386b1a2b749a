import { type ClientOptions, createRestClient } from './create-rest-client.ts'
import { createHttp, secretOf } from './http.ts'
import { type EventsOptions, streamEvents } from './stream/events.ts'
import { type OutputOptions, streamOutput } from './stream/output.ts'
import { socketProtocols, socketUrl, StreamSocket, type StreamSocketOptions } from './stream/socket.ts'
import { createUrls } from './urls.ts'

export type Client = ReturnType<typeof createClient>

/** The REST API and the stream, typed, for browsers and for Node. */
export function createClient(options: ClientOptions) {
  const urls = createUrls(options)
  const http = createHttp(options)
  return {
    ...createRestClient(options),
    stream: {
      events: (streamOptions?: EventsOptions) => streamEvents(http, urls, streamOptions),
      output: (executionId: string, streamOptions?: OutputOptions) =>
        streamOutput(http, urls, executionId, streamOptions),
      /** Events by subscription over one connection. */
      socket: (socketOptions?: StreamSocketOptions) =>
        new StreamSocket(
          () => ({
            url: socketUrl(urls.streamSocket()),
            protocols: socketProtocols(secretOf(options.token), secretOf(options.apiKey)),
          }),
          socketOptions,
        ),
    },
  }
}
