import type { LiveAsk, LiveTell } from './live-protocol.ts'
import type { OutputAsk, OutputTell } from './output-protocol.ts'

/** What a page asks of the worker that holds the streams. Answers carry the key of what they answer. */
export type StreamAsk =
  | { readonly kind: 'follow-events'; readonly key: number; readonly ask: LiveAsk }
  | { readonly kind: 'follow-output'; readonly key: number; readonly ask: OutputAsk }
  | { readonly kind: 'stop'; readonly key: number }
  /** The page goes: all that it follows ends. */
  | { readonly kind: 'leave' }

export type StreamTell =
  | { readonly kind: 'events'; readonly key: number; readonly told: LiveTell }
  | { readonly kind: 'output'; readonly key: number; readonly told: OutputTell }
