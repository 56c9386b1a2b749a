import type { JsonRow } from './json-rows.ts'

/** What the page asks of the worker that holds a large value. */
export type JsonAsk =
  | { readonly kind: 'load'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'rows'; readonly version: number; readonly from: number; readonly to: number }
  | { readonly kind: 'toggle'; readonly id: number }
  | { readonly kind: 'copy'; readonly id: number; readonly what: 'value' | 'path' }

/** What the worker answers. Rows of an outdated version are dropped by the page. */
export type JsonTell =
  | { readonly kind: 'count'; readonly version: number; readonly count: number }
  | { readonly kind: 'rows'; readonly version: number; readonly from: number; readonly rows: readonly JsonRow[] }
  | { readonly kind: 'text'; readonly text: string; readonly what: 'value' | 'path' }
  | { readonly kind: 'failed'; readonly reason: string }
