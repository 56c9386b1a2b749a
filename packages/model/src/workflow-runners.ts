/** Runner types whose executions are conducted workflows: the workflow engine takes them, no action runner does. */
export const ORQUESTA_RUNNERS = ['orquesta', 'orchestra'] as const

/** Runner type whose executions are driven through their tasks, where actions are run. */
export const CHAIN_RUNNER = 'action-chain'

/** Runner types that wait for others: only their executions can be paused and resumed. */
export const WORKFLOW_RUNNERS = [...ORQUESTA_RUNNERS, CHAIN_RUNNER] as const

export function isOrquestaRunner(runner: string): boolean {
  return (ORQUESTA_RUNNERS as readonly string[]).includes(runner)
}

export function isWorkflowRunner(runner: string): boolean {
  return (WORKFLOW_RUNNERS as readonly string[]).includes(runner)
}
