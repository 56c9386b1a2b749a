import type { Execution } from '@st2/model'
import { orNull } from '../resource/find.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ResourceNotFoundError } from '../shell/errors.ts'
import { tailExecution } from './tail-execution.ts'

/** @source cli.md 10.1 */
export const tailCommand: Handler = async (context) => {
  const { input, io } = context
  const id = input.text('id') ?? 'last'
  const execution = id === 'last' ? await newest(context) : await byId(context, id)
  if (execution === null) io.out('No executions found in db.\n')
  else {
    const includeMetadata = input.has('include_metadata')
    await tailExecution(context, execution, { type: input.text('output_type'), includeMetadata })
  }
}

async function newest(context: CommandContext): Promise<Execution | null> {
  const { items } = await context.session.client.executions.list({ limit: 1 })
  return items[0] ?? null
}

async function byId(context: CommandContext, id: string): Promise<Execution> {
  const execution = await orNull(context.session.client.executions.get(id))
  if (execution === null) throw new ResourceNotFoundError(`Execution  with id ${id} not found.`)
  return execution
}
