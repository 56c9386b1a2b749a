import { create } from 'zustand'
import { filtersFromSearch, filtersToSearch, type HistoryFilters } from './execution-filters.ts'

/** Filters of the history that somebody keeps in this browser. */
export interface SavedFilter {
  readonly name: string
  /** As it stands in an address, `?status=failed`. */
  readonly search: string
}

interface SavedFilters {
  /** In the order of their names. */
  readonly saved: readonly SavedFilter[]
  /** Name of the one that the history begins with. */
  readonly first: string | null
}

const KEY = 'st2HistoryFilters'
/** More are refused: a list that long is no help. */
const MAX_SAVED = 50
export const MAX_NAME = 60

export const useSavedFilters = create<SavedFilters>(() => load())

/** Under a name that is taken, the new filters take the place of the old ones. */
export function saveFilters(name: string, filters: HistoryFilters): void {
  const search = filtersToSearch({ ...filters, page: 1 })
  store(({ saved, first }) => ({ saved: sorted([...without(saved, name), { name, search }]), first }))
}

export function renameFilters(before: string, name: string): void {
  store(({ saved, first }) => {
    const found = saved.find((one) => one.name === before)
    if (found === undefined || name === before) return { saved, first }
    return {
      saved: sorted([...without(without(saved, before), name), { ...found, name }]),
      first: first === before ? name : first,
    }
  })
}

export function removeFilters(name: string): void {
  store(({ saved, first }) => ({ saved: without(saved, name), first: first === name ? null : first }))
}

/** null: the history begins with all executions. */
export function beginWith(name: string | null): void {
  store(({ saved }) => ({ saved, first: name }))
}

/** What the history begins with when nothing else is asked for. */
export function firstFilters({ saved, first }: SavedFilters): HistoryFilters {
  return filtersOf(saved.find(({ name }) => name === first)?.search ?? '')
}

export function filtersOf(search: string): HistoryFilters {
  return filtersFromSearch(Object.fromEntries(new URLSearchParams(search)))
}

/** What keeps these filters from being saved under this name, in words. */
export function saveProblem({ saved }: SavedFilters, name: string): string | undefined {
  if (name === '') return 'Give them a name first.'
  if (name.length > MAX_NAME) return `A name has at most ${MAX_NAME} characters.`
  const isNew = !saved.some((one) => one.name === name)
  return isNew && saved.length >= MAX_SAVED ? `At most ${MAX_SAVED} are kept. Delete one first.` : undefined
}

function without(saved: readonly SavedFilter[], name: string): SavedFilter[] {
  return saved.filter((one) => one.name !== name)
}

function sorted(saved: readonly SavedFilter[]): SavedFilter[] {
  return saved.toSorted((a, b) => a.name.localeCompare(b.name))
}

function store(change: (before: SavedFilters) => SavedFilters): void {
  // Another window may have changed them since.
  useSavedFilters.setState(change(load(useSavedFilters.getState())))
  try {
    localStorage.setItem(KEY, JSON.stringify(useSavedFilters.getState()))
  } catch {
    return // a full or closed storage costs the memory of the filters, not the filters
  }
}

function load(otherwise: SavedFilters = { saved: [], first: null }): SavedFilters {
  try {
    const text = localStorage.getItem(KEY)
    return text === null ? otherwise : read(JSON.parse(text))
  } catch {
    return otherwise
  }
}

function read(stored: unknown): SavedFilters {
  if (typeof stored !== 'object' || stored === null) return { saved: [], first: null }
  const saved = 'saved' in stored && Array.isArray(stored.saved) ? stored.saved.filter(isSavedFilter) : []
  return { saved, first: 'first' in stored && typeof stored.first === 'string' ? stored.first : null }
}

function isSavedFilter(value: unknown): value is SavedFilter {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('search' in value)) return false
  return typeof value.name === 'string' && typeof value.search === 'string'
}
