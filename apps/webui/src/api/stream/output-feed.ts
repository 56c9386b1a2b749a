/** Follows the output of one execution; it arrives in batches and without endless lines. */
import { ApiError, createClient } from '@st2/client'
import type { ExecutionOutput } from '@st2/model'
import { batched } from './batched.ts'
import { cutLines } from './cut-lines.ts'
import type { OutputAsk, OutputPiece, OutputTell } from './output-protocol.ts'
import { createSlots } from './slots.ts'

/**
 * Streams of output that are open at once. Browsers allow six connections to a server over HTTP/1.1: one is the event
 * stream's, and what pages ask for needs the rest.
 */
const MAX_OPEN = 3
/** ms that pieces wait for company. */
const BATCH_MS = 40

const slots = createSlots(MAX_OPEN)

export async function followOutput(
  { endpoints, token, executionId }: OutputAsk,
  signal: AbortSignal,
  tell: (told: OutputTell) => void,
): Promise<void> {
  const client = createClient({ ...endpoints, token })
  const batch = batched<OutputPiece>(BATCH_MS, (pieces) => tell({ kind: 'pieces', pieces }))
  const free = await slots.take(signal, () => tell({ kind: 'queued' }))
  if (free === null) return
  try {
    for await (const item of client.stream.output(executionId, { signal })) {
      if (item.kind === 'output') batch.add(pieceOf(item.output))
      else tell({ kind: item.kind === 'lost' ? 'lost' : 'open' })
    }
    batch.flush()
    if (!signal.aborted) tell({ kind: 'ended' })
  } catch (error) {
    if (signal.aborted) return
    const status = error instanceof ApiError ? error.status : 0
    tell({ kind: 'failed', status, reason: error instanceof Error ? error.message : String(error) })
  } finally {
    free()
    batch.close()
  }
}

function pieceOf({ output_type: stream, data, timestamp }: ExecutionOutput): OutputPiece {
  return { stream, data: cutLines(data), timestamp }
}
