import type { Endpoints, SocketSubscription } from '@st2/client'
import type { ExecutionEvent } from '../execution-events.ts'

/** Tell what happens to these executions from now on. */
export interface LiveAsk {
  readonly endpoints: Endpoints
  readonly token: string | null
  readonly subscription: SocketSubscription
}

export type LiveTell =
  /** From here on nothing is missed; `missing` are not there (any more). It comes again after each loss. */
  | { readonly kind: 'subscribed'; readonly missing: readonly string[] }
  | { readonly kind: 'lost'; readonly reason: string }
  /** No repetition will help. `status`: of HTTP, 0 when it was another reason. */
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** With the executions' results only where the subscription names no attributes, and as far as results travel with events. */
  | { readonly kind: 'events'; readonly events: readonly ExecutionEvent[] }
