import type { Problem } from '@st2/designer'
import type { Trouble } from './flow-nodes.ts'

/** What is wrong with each task, errors first. */
export function troublesOf(problems: readonly Problem[]): ReadonlyMap<string, Trouble> {
  const troubles = new Map<string, Trouble>()
  for (const { task, severity, message } of problems) {
    if (task === null) continue
    const known = troubles.get(task)
    troubles.set(task, {
      severity: known?.severity === 'error' ? 'error' : severity,
      words: known === undefined ? message : `${known.words}\n${message}`,
    })
  }
  return troubles
}
