import { create } from 'zustand'
import { isZone, type Zone } from './time.ts'

export type Theme = 'system' | 'light' | 'dark'

/** What a person chose for this browser. boot.js reads the theme before the first paint. */
interface Preferences {
  readonly theme: Theme
  readonly zone: Zone
  /** `relative`: 5 min ago. The other form is one hover away. */
  readonly times: 'exact' | 'relative'
  readonly wrap: boolean
  /** When executions started, above their list. */
  readonly activity: boolean
  /** Share of the list in the split, percent. */
  readonly split: number
}

const KEY = 'st2Preferences'
const DEFAULTS: Preferences = { theme: 'system', zone: 'local', times: 'exact', wrap: false, activity: true, split: 42 }

export const usePreferences = create<Preferences>(() => load())

export function setPreference<K extends keyof Preferences>(key: K, value: Preferences[K]): void {
  usePreferences.setState({ [key]: value })
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()))
  } catch {
    return // a full or closed storage costs the memory of the choice, not the choice
  } finally {
    applyTheme(usePreferences.getState().theme)
  }
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

function load(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const known = typeof stored === 'object' && stored !== null ? { ...DEFAULTS, ...stored } : DEFAULTS
    // Another browser version may know fewer zones.
    return isZone(known.zone) ? known : { ...known, zone: DEFAULTS.zone }
  } catch {
    return DEFAULTS
  }
}
