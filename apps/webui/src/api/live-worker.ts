/** Holds the event stream away from the page: large events are parsed here and arrive without their results. */
import { ApiError, createClient } from '@st2/client'
import { EXECUTION_EVENT_NAMES, type ExecutionEvent, readExecutionEvent } from './execution-events.ts'
import type { LiveAsk, LiveTell } from './live-protocol.ts'

/** ms that events wait for company, so that a busy server costs few updates of the page. */
const BATCH_MS = 80

let batch: ExecutionEvent[] = []
let timer: ReturnType<typeof setTimeout> | undefined
let stop = new AbortController()

self.addEventListener('message', (event: MessageEvent<LiveAsk>) => {
  stop.abort()
  stop = new AbortController()
  void follow(event.data, stop.signal)
})

async function follow(ask: LiveAsk, signal: AbortSignal): Promise<void> {
  const client = createClient({ ...ask.endpoints, token: ask.token })
  try {
    for await (const item of client.stream.events({ events: EXECUTION_EVENT_NAMES, signal })) {
      if (item.kind === 'event') collect(readExecutionEvent(item.event, item.data), ask.maxResultSize)
      else if (item.kind === 'lost') tell({ kind: 'lost', reason: item.reason.message, retryInMs: item.retryInMs })
      else tell({ kind: 'open' })
    }
  } catch (error) {
    if (signal.aborted) return
    const status = error instanceof ApiError ? error.status : 0
    tell({ kind: 'refused', status, reason: error instanceof Error ? error.message : String(error) })
  }
}

function collect(event: ExecutionEvent | null, maxResultSize: number): void {
  if (event === null) return
  batch.push({ ...event, execution: withoutLargeResult(event.execution, maxResultSize) })
  timer ??= setTimeout(flush, BATCH_MS)
}

function withoutLargeResult(
  execution: ExecutionEvent['execution'],
  maxResultSize: number,
): ExecutionEvent['execution'] {
  if ((execution.result_size ?? 0) <= maxResultSize) return execution
  const { result: _result, ...rest } = execution
  return rest
}

function flush(): void {
  timer = undefined
  const events = batch
  batch = []
  tell({ kind: 'events', events })
}

function tell(message: LiveTell): void {
  self.postMessage(message)
}
