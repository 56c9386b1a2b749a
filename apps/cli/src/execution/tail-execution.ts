import { type Execution, type ExecutionStatus, isCompleted, isWorkflowRunner } from '@st2/model'
import type { CommandContext } from '../shell/command-spec.ts'
import { reportConnection, showFinished, type TailOptions, writeOutput } from './tail-output.ts'
import { tailWorkflow } from './tail-workflow.ts'

const NOT_STARTED: readonly ExecutionStatus[] = ['requested', 'scheduled', 'delayed']
const FIRST_PAUSE_MS = 50
const MAX_PAUSE_MS = 2_000
const PAUSE_GROWTH = 1.5

/** Shows what an execution prints until it is over. @source cli.md 10.1 */
export async function tailExecution(
  context: CommandContext,
  execution: Execution,
  options: TailOptions,
): Promise<void> {
  if (isCompleted(execution.status)) await showFinished(context, execution, options)
  else if (isPartOfWorkflow(execution)) await tailWorkflow(context, execution, options)
  else await tailAlone(context, execution, options)
}

/** The output stream tells everything from the beginning, so nothing is missed however late one comes. */
async function tailAlone(context: CommandContext, execution: Execution, options: TailOptions): Promise<void> {
  const { io, session } = context
  const { executions, stream } = session.client
  if (NOT_STARTED.includes(execution.status)) {
    await waitForStart(context, execution)
    io.out(`Execution ${execution.id} has started.\n\n`)
  }
  for await (const item of stream.output(execution.id)) {
    if (item.kind === 'output') writeOutput(io, item.output, options)
    else reportConnection(io, item)
  }
  const { status } = await executions.get(execution.id, { include_attributes: ['status'] })
  io.out(`\nExecution ${execution.id} has completed (status=${status}).\n`)
}

async function waitForStart({ io, session }: CommandContext, execution: Execution): Promise<void> {
  let { status } = execution
  for (
    let pauseMs = FIRST_PAUSE_MS;
    NOT_STARTED.includes(status);
    pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS)
  ) {
    await io.sleep(pauseMs)
    status = (await session.client.executions.get(execution.id, { include_attributes: ['status'] })).status
  }
}

function isPartOfWorkflow(execution: Execution): boolean {
  return isWorkflowRunner(execution.action.runner_type) || execution.parent !== undefined
}
