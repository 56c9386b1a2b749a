import type { Execution } from '@st2/model'
import { structuredFormat } from '../commands/print.ts'
import { isAll } from '../format/fields.ts'
import { getEach } from '../resource/get.ts'
import { elapsedStatus } from '../run/elapsed-status.ts'
import { showExecution } from '../run/show-execution.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

const GET_ATTRIBUTES = [
  'id',
  'action.ref',
  'context.user',
  'parameters',
  'status',
  'start_timestamp',
  'end_timestamp',
  'log',
  'result',
]
/** Asked for whatever is shown: what kind of execution it is decides how. */
const ALWAYS_INCLUDED = ['action.ref', 'action.runner_type', 'start_timestamp', 'end_timestamp', 'log']

export const getExecutions: Handler = async (context) => {
  const { input, session } = context
  const query = queryOf(context)
  const found = await getEach(context, 'Action Execution', input.texts('id') ?? [], (id) =>
    session.client.executions.get(id, query),
  )
  for (const execution of found) await showExecution(context, withElapsed(context, execution), GET_ATTRIBUTES)
}

/** Tables and text tell how long it took; structured output has the timestamps. */
export function withElapsed(context: CommandContext, execution: Execution): Execution {
  if (structuredFormat(context.input) !== null) return execution
  return Object.assign({ ...execution }, { status: elapsedStatus(execution, context.io.now()) })
}

function queryOf({ input }: CommandContext) {
  if (input.has('exclude_result')) return { exclude_attributes: ['result'] }
  const attributes = input.texts('attr') ?? GET_ATTRIBUTES
  return isAll(attributes) ? {} : { include_attributes: [...new Set([...ALWAYS_INCLUDED, ...attributes])] }
}
