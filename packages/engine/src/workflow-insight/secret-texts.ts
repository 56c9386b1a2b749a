import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import type { Sealer } from '../datastore/encryption-key.ts'
import type { ExecutionStore } from '../executions/execution-store.ts'
import type { ResultStore } from '../executions/result-store.ts'
import { SecretTexts } from '../executions/secret-texts.ts'
import { addSecretsOf } from '../workflows/journal-rows.ts'
import type { WorkflowStore } from '../workflows/workflow-store.ts'

export interface SecretTextsDeps {
  readonly executions: ExecutionStore
  readonly results: ResultStore
  readonly sealer: Sealer
  readonly workflows: WorkflowStore
}

/** Executions read at once. */
const PAGE = 1000

/**
 * What a workflow was given in confidence: secret inputs of it and of its actions, deciphered items of the datastore, secret outputs,
 * secret responses of people.
 */
export async function secretTextsOf(deps: SecretTextsDeps, record: WorkflowExecution): Promise<SecretTexts> {
  const secrets = new SecretTexts()
  const own = await deps.executions.get(record.action_execution)
  if (own !== null) secrets.addParameters(deps.sealer, own)
  for await (const child of childrenOf(deps, record)) secrets.addParameters(deps.sealer, child)
  for await (const row of deps.workflows.events(record.id, 0)) addSecretsOf(secrets, deps, row)
  return secrets
}

async function* childrenOf(
  { executions }: SecretTextsDeps,
  { id }: WorkflowExecution,
): AsyncIterable<ExecutionDocument> {
  for (let after = ''; ; ) {
    const filter = [
      { field: 'workflow_execution', op: 'eq', value: id },
      { field: 'id', op: 'gt', value: after },
    ] as const
    const page = await executions.find({ filter, order: [{ field: 'id', direction: 'asc' }], limit: PAGE })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? after
  }
}
