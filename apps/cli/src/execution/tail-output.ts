import type { ConnectionState } from '@st2/client'
import type { Execution, ExecutionOutput } from '@st2/model'
import type { CommandContext } from '../shell/command-spec.ts'
import type { Io } from '../shell/io.ts'

export interface TailOptions {
  readonly type: string | undefined
  /** Each piece with its time and type. */
  readonly includeMetadata: boolean
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

function isWanted(output: ExecutionOutput, type: string | undefined): boolean {
  return type === undefined || type === 'all' || output.output_type === type
}

function outputType(word: string | undefined): 'stdout' | 'stderr' | 'output' | 'all' | undefined {
  return (['stdout', 'stderr', 'output', 'all'] as const).find((type) => type === word)
}
