import type { Execution } from '@st2/model'
import { DISPLAY_ATTRIBUTES } from '../run/run-options.ts'
import { showExecution } from '../run/show-execution.ts'
import type { Handler } from '../shell/command-spec.ts'
import { withElapsed } from './get.ts'

/** Workflows only. @source cli.md 10 */
export function changeExecutions(verb: 'pause' | 'resume'): Handler {
  return async (context) => {
    const { executions } = context.session.client
    const changed: Execution[] = []
    for (const id of context.input.texts('ids') ?? []) changed.push(await executions[verb](id))
    for (const execution of changed) await showExecution(context, withElapsed(context, execution), DISPLAY_ATTRIBUTES)
  }
}
