import type { Action } from '@st2/model'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the server knows of the workflow, and how the last attempt to save it went. */
export interface Saving {
  /** null: it was never saved. */
  readonly stored: { readonly action: Action; readonly revision: string | null } | null
  readonly isBusy: boolean
  readonly failure: SaveFailure | null
  readonly isDraftRefused: boolean
}

export type SaveFailure =
  /** Somebody else saved in between. */
  | { readonly kind: 'conflict'; readonly changed: readonly string[] }
  /** The server did not answer: it may or may not have arrived; sending it again does no harm. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly text: string }

export type SavingStore = StoreApi<Saving>

export function createSaving(stored: Saving['stored']): SavingStore {
  return createStore<Saving>(() => ({ stored, isBusy: false, failure: null, isDraftRefused: false }))
}
