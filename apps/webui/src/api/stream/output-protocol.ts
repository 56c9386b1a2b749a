import type { Endpoints } from '@st2/client'
import type { ExecutionOutput } from '@st2/model'

/** Follow what this execution prints. */
export interface OutputAsk {
  readonly endpoints: Endpoints
  readonly token: string | null
  readonly executionId: string
}

export interface OutputPiece {
  readonly stream: ExecutionOutput['output_type']
  readonly data: string
  /** When it was printed. */
  readonly timestamp: string
}

export type OutputTell =
  /** Everything is told from the beginning. */
  | { readonly kind: 'restart' }
  /** As many outputs as may be are followed already; this one waits for its turn. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'pieces'; readonly pieces: readonly OutputPiece[] }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'failed'; readonly status: number; readonly reason: string }
