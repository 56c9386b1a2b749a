import type { DesignerTexts } from '@st2/designer'
import { currentEndpoints } from '../../../api/client.ts'
import { useSession } from '../../../api/session.ts'

/** Work that is not on the server. */
export interface Draft {
  readonly texts: DesignerTexts
  /** What it was made from. */
  readonly revision: string | null
  /** ms since 1970 */
  readonly at: number
  /** The tab that wrote it. */
  readonly tab: string
}

const PREFIX = 'st2DesignerDraft'
/** Of this tab, as long as it lives. */
export const TAB = crypto.getRandomValues(new Uint32Array(2)).join('-')

/** @param ref of the stored action; null: a new one */
export function loadDraft(ref: string | null): Draft | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(ref)) ?? 'null')
    return isDraft(stored) ? stored : null
  } catch {
    return null // what cannot be read is no draft
  }
}

/** @returns false: this browser has no room for it, or keeps nothing */
export function keepDraft(ref: string | null, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(ref), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

/** The draft of another tab stays. */
export function dropDraft(ref: string | null, tab: string | null): void {
  if (tab !== null && loadDraft(ref)?.tab !== tab) return
  localStorage.removeItem(keyOf(ref))
}

/** Drafts are a person's own, on one server. */
function keyOf(ref: string | null): string {
  const user = useSession.getState().token?.user ?? ''
  return JSON.stringify([PREFIX, currentEndpoints().api, user, ref])
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { texts, at, tab }: Partial<Record<keyof Draft, unknown>> = value
  return isTexts(texts) && typeof at === 'number' && typeof tab === 'string'
}

function isTexts(value: unknown): value is DesignerTexts {
  if (typeof value !== 'object' || value === null) return false
  const { workflow, metadata }: Partial<Record<keyof DesignerTexts, unknown>> = value
  return typeof workflow === 'string' && typeof metadata === 'string'
}
