import { paths } from '../paths.ts'
import type { IconName } from '../ui/Icon.tsx'

export interface Screen {
  readonly title: string
  readonly path: string
  readonly icon: IconName
}

/** The main screens, in the order of the navigation. */
export const SCREENS: readonly Screen[] = [
  { title: 'History', path: paths.history(), icon: 'history' },
  { title: 'Actions', path: paths.actions(), icon: 'bolt' },
  { title: 'Rules', path: paths.rules(), icon: 'rule' },
  { title: 'Triggers', path: paths.triggers(), icon: 'trigger' },
]
