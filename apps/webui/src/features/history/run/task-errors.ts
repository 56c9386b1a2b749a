import type { WorkflowView } from '@st2/model'

/** What the workflow noted against a task, each text once. That an action failed is seen from its result. */
export function errorsOf(insight: WorkflowView | null, task: string): string[] {
  const own = (insight?.errors ?? []).filter((error) => error['task_id'] === task && error['result'] === undefined)
  return [...new Set(own.map(({ message }) => String(message)))]
}
