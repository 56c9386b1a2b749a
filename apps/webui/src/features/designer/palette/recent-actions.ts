import { create } from 'zustand'

const KEY = 'st2RecentActions'
const MAX_RECENT = 12

/** References of actions that were put into workflows in this browser, the latest first. */
export const useRecentActions = create<{ readonly refs: readonly string[] }>(() => ({ refs: load() }))

export function rememberAction(ref: string): void {
  const refs = [ref, ...useRecentActions.getState().refs.filter((other) => other !== ref)].slice(0, MAX_RECENT)
  useRecentActions.setState({ refs })
  try {
    localStorage.setItem(KEY, JSON.stringify(refs))
  } catch {
    return // a full or closed storage costs the memory of it, nothing else
  }
}

function load(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored)
      ? stored.filter((ref): ref is string => typeof ref === 'string').slice(0, MAX_RECENT)
      : []
  } catch {
    return []
  }
}
