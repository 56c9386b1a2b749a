import type { Execution } from '@st2/model'

/** The name of the task that asked for this child. */
export function taskNameOf(execution: Execution): string | undefined {
  for (const engine of ['orquesta', 'chain']) {
    const context = execution.context?.[engine]
    if (typeof context !== 'object' || context === null) continue
    if ('task_name' in context && typeof context.task_name === 'string') return context.task_name
    if ('name' in context && typeof context.name === 'string') return context.name
  }
  return undefined
}
