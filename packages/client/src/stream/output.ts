import { type ExecutionOutput, STREAM_EVENTS } from '@st2/model'
import type { Http } from '../http.ts'
import type { OutputType } from '../resources/executions.ts'
import type { Urls } from '../urls.ts'
import { type BackOff, type ConnectionState, keepConnected } from './connection.ts'

export interface OutputOptions {
  /** @default 'all' */
  readonly type?: OutputType | undefined
  readonly signal?: AbortSignal | undefined
  readonly backOff?: BackOff | undefined
}

export type OutputItem = ConnectionState | { readonly kind: 'output'; readonly output: ExecutionOutput }

const END_OF_OUTPUT = 'EOF'

/**
 * What an execution prints: everything so far, then live, until it is over. The server tells everything again after a
 * loss; what was already given is left out, by id.
 *
 * @param executionId or `last`
 * @source rest-api.md 11.2 (no keepalives here, so silence says nothing)
 */
export async function* streamOutput(
  http: Http,
  urls: Urls,
  executionId: string,
  options: OutputOptions = {},
): AsyncGenerator<OutputItem, void, void> {
  const given = new Set<string>()
  const messages = keepConnected(http, {
    url: urls.outputStream(executionId, { output_type: options.type }),
    signal: options.signal,
    silenceMs: null,
    backOff: options.backOff,
  })
  for await (const message of messages) {
    if (message.kind !== 'message') yield message
    else if (message.event === END_OF_OUTPUT) return
    else if (message.event === STREAM_EVENTS.outputCreate && message.data !== '') {
      const output: ExecutionOutput = JSON.parse(message.data)
      if (given.has(output.id)) continue
      given.add(output.id)
      yield { kind: 'output', output }
    }
  }
}
