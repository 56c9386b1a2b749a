import { api } from '../../api/client.ts'
import type { ExecutionVerb } from './execution-requests.ts'

/** What the server answered; whatever else happens is thrown. */
export type RequestAnswer =
  /** `made`: the execution that a re-run began. */
  { readonly kind: 'taken'; readonly made: string | null } | { readonly kind: 'refused'; readonly text: string }

/** Asks for it. A re-run gives no parameters: the server takes those of the execution, secrets included. */
export async function sendRequest(verb: ExecutionVerb, id: string): Promise<RequestAnswer> {
  const { executions } = api()
  if (verb === 'rerun') return { kind: 'taken', made: (await executions.rerun(id)).id }
  if (verb === 'cancel') {
    const answer = await executions.cancel(id)
    return answer.kind === 'refused' ? { kind: 'refused', text: answer.faultstring } : { kind: 'taken', made: null }
  }
  await (verb === 'pause' ? executions.pause(id) : executions.resume(id))
  return { kind: 'taken', made: null }
}
