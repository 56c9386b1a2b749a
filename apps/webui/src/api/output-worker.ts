/** Follows the output of one execution away from the page, which receives it in batches and without endless lines. */
import { ApiError, createClient } from '@st2/client'
import { cutLines } from './cut-lines.ts'
import type { OutputAsk, OutputPiece, OutputTell } from './output-protocol.ts'

/** ms that pieces wait for company. */
const BATCH_MS = 40

let batch: OutputPiece[] = []
let timer: ReturnType<typeof setTimeout> | undefined

self.addEventListener('message', (event: MessageEvent<OutputAsk>) => void follow(event.data))

async function follow({ endpoints, token, executionId }: OutputAsk): Promise<void> {
  const client = createClient({ ...endpoints, token })
  try {
    for await (const item of client.stream.output(executionId)) {
      if (item.kind === 'output') collect({ stream: item.output.output_type, data: cutLines(item.output.data) })
      else tell({ kind: item.kind === 'lost' ? 'lost' : 'open' })
    }
    flush()
    tell({ kind: 'ended' })
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0
    tell({ kind: 'failed', status, reason: error instanceof Error ? error.message : String(error) })
  }
}

function collect(piece: OutputPiece): void {
  batch.push(piece)
  timer ??= setTimeout(flush, BATCH_MS)
}

function flush(): void {
  clearTimeout(timer)
  timer = undefined
  if (batch.length === 0) return
  tell({ kind: 'pieces', pieces: batch })
  batch = []
}

function tell(message: OutputTell): void {
  self.postMessage(message)
}
