import type { YamlMapping } from '@st2/yaml'
import { fieldOf, resolved } from './node-values.ts'

/** Where the tasks of a definition stand; null where there is none, or no mapping. */
export function tasksMapping(root: YamlMapping | null): YamlMapping | null {
  const tasks = root === null ? null : resolved(fieldOf(root, 'tasks'))
  return tasks?.kind === 'map' ? tasks : null
}
