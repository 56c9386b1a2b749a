import type { SelectLimits } from './select.ts'
import type { TableSpec } from './table.ts'

/** What a store thread is started with. */
export interface ThreadSetup {
  readonly path: string
  readonly collections: readonly TableSpec[]
  readonly limits: SelectLimits
  /** Page cache of the thread's connection, KiB. */
  readonly cacheKiB: number
  /** Largest size of the file; null: as large as the disk allows. */
  readonly maxFileBytes: number | null
}

export const MEMORY_PATH = ':memory:'
