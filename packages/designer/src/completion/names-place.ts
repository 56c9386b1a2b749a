import { pathFits } from './workflow-keys.ts'
import type { NamesPlace } from './workflow-names.ts'

type Path = readonly (string | number)[]

/** What an expression at a path of a definition may name depends on this; null where none is evaluated. */
export function namesPlace(path: Path): NamesPlace | null {
  const [section, task, field, index, part, entry] = path
  if (section === 'input' || section === 'vars' || section === 'output') {
    return typeof task === 'number' ? { kind: section, index: task } : null
  }
  if (section !== 'tasks' || typeof task !== 'string') return null
  if (field !== 'next') return { kind: 'task', task }
  if (typeof index !== 'number') return null
  const published = part === 'publish' && typeof entry === 'number' ? entry : 0
  return { kind: 'transition', task, transition: index, published }
}

/** Whether items exist there: in what is run once for each of them. */
export function seesItems(path: Path): boolean {
  return pathFits(path.slice(0, 3), ['tasks', '*', 'input']) || pathFits(path, ['tasks', '*', 'action'])
}
