import { type Execution, isWorkflowRunner } from '@st2/model'

/** The name of its runner: details tell it by itself, rows of lists with their action. */
export function runnerOf({ runner, action }: Pick<Execution, 'runner' | 'action'>): string {
  return runner?.name ?? action?.runner_type ?? ''
}

export function isWorkflow(execution: Pick<Execution, 'runner' | 'action'>): boolean {
  return isWorkflowRunner(runnerOf(execution))
}
