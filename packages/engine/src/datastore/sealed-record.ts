import { InvalidError } from '@st2/model'
import type { Sealer } from './encryption-key.ts'

/** What was sealed; null when the key is another one now. */
export function openRecord(sealer: Sealer, sealed: string): Record<string, unknown> | null {
  try {
    const opened = sealer.open(sealed)
    return isRecord(opened) ? opened : null
  } catch (error) {
    if (error instanceof InvalidError) return null
    throw error
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
