import { isFields } from '../format/fields.ts'
import { waitForEnd } from '../run/wait-for-end.ts'
import type { Handler } from '../shell/command-spec.ts'
import { executeSaid } from './execute.ts'

const FORMATTER = 'chatops.format_execution_result'
const RULE = '='.repeat(80)

/** Runs what is said, and shows what a chat would be told of the result. @source cli.md 7.1 */
export const testActionAlias: Handler = async (context) => {
  const { io, input, session } = context
  io.out('Triggering execution via action alias\n\n')
  const { execution } = await executeSaid(context)
  io.out(`Execution (${execution.id}) has been started, waiting for it to finish...\n\n`)
  if (!input.has('async')) await waitForEnd(context, execution)
  io.out(`\nExecution (${execution.id}) has finished, rendering result...\n\n`)
  const formatting = await session.client.executions.create({
    action: FORMATTER,
    parameters: { execution_id: execution.id },
    user: input.text('user') ?? '',
  })
  io.out(`Execution (${formatting.id}) has been started, waiting for it to finish...\n\n`)
  const { result } = await waitForEnd(context, formatting)
  const inner: unknown = isFields(result) ? result['result'] : undefined
  const message: unknown = isFields(inner) ? inner['message'] : undefined
  if (message === undefined) throw new Error(`The action ${FORMATTER} answered no message.`)
  io.out(`\nFormatted ChatOps result message\n\n${RULE}\n${String(message)}\n${RULE}\n\n`)
}
