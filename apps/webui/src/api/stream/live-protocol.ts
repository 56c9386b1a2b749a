import type { Endpoints } from '@st2/client'
import type { ExecutionEvent } from './execution-events.ts'

/** Follow this server's stream from now on. */
export interface LiveAsk {
  readonly endpoints: Endpoints
  readonly token: string | null
  /** Bytes; larger results do not travel with events. */
  readonly maxResultSize: number
}

export type LiveTell =
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly reason: string }
  /** No repetition will help: the token or a permission is missing. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  | { readonly kind: 'events'; readonly events: readonly ExecutionEvent[] }
