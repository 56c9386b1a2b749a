import { type Engine, unknownExecution } from '@st2/engine'
import type { ExecutionDocument } from '@st2/model'

/**
 * The execution of an id; `last`: the newest.
 * @throws NotFoundError
 */
export async function findExecution(
  { executions }: Pick<Engine, 'executions'>,
  id: string,
): Promise<ExecutionDocument> {
  const document = id === 'last' ? await executions.last() : await executions.get(id)
  if (document === null) throw unknownExecution(id)
  return document
}
