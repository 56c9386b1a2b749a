import { ApiError, type Client } from '@st2/client'
import type { Handler } from '../shell/command-spec.ts'

/** One line for each; what cannot be cancelled is said and is no error. @source cli.md 10 */
export const cancelExecutions: Handler = async ({ input, io, session }) => {
  const lines: string[] = []
  for (const id of input.texts('ids') ?? []) lines.push(await cancel(session.client, id))
  io.out(lines.map((line) => `${line}\n`).join(''))
}

async function cancel(client: Client, id: string): Promise<string> {
  try {
    const answer = await client.executions.cancel(id)
    return answer.kind === 'refused' ? answer.faultstring : `action execution with id ${id} canceled.`
  } catch (error) {
    if (error instanceof ApiError && error.status === 404 && error.faultstring !== '') return error.faultstring
    throw error
  }
}
