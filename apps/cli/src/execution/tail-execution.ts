import type { ConnectionState } from '@st2/client'
import { type Execution, type ExecutionOutput, type ExecutionStatus, isCompleted, isWorkflowRunner } from '@st2/model'
import type { CommandContext } from '../shell/command-spec.ts'
import type { Io } from '../shell/io.ts'
import { tailWorkflow } from './tail-workflow.ts'

export interface TailOptions {
  readonly type: string | undefined
  /** Each piece with its time and type. */
  readonly includeMetadata: boolean
}

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

export async function showFinished(context: CommandContext, execution: Execution, options: TailOptions): Promise<void> {
  const output = await context.session.client.executions.output(execution.id, outputType(options.type))
  context.io.out(`${output}\nExecution ${execution.id} has completed (status=${execution.status}).\n`)
}

export function writeOutput(io: Io, output: ExecutionOutput, options: TailOptions): void {
  if (!isWanted(output, options.type)) return
  io.out(options.includeMetadata ? `[${output.timestamp}][${output.output_type}] ${output.data}` : output.data)
}

/** The user learns of every interruption: what was printed meanwhile may be missing. */
export function reportConnection(io: Io, state: ConnectionState): void {
  if (state.kind !== 'lost') return
  io.err(`Connection to the stream was lost (${state.reason.message}). Trying again in ${state.retryInMs / 1000} s.\n`)
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

function isWanted(output: ExecutionOutput, type: string | undefined): boolean {
  return type === undefined || type === 'all' || output.output_type === type
}

function outputType(word: string | undefined): 'stdout' | 'stderr' | 'output' | 'all' | undefined {
  return (['stdout', 'stderr', 'output', 'all'] as const).find((type) => type === word)
}
