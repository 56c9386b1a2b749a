import type { ExecutionDocument, WorkflowEvent, WorkflowExecution } from '@st2/model'
import type { SecretTexts } from '../executions/secret-texts.ts'
import { addSecretsOf } from '../workflows/journal-rows.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { WorkflowSecrets } from '../workflows/workflow-secrets.ts'
import { textsMadeOfSecrets } from './made-of-secrets.ts'

/** Executions read at once. */
const PAGE = 1000

/**
 * What a workflow was given in confidence: secret inputs of it and of its actions, deciphered items of the datastore, secret outputs,
 * secret responses of people, and what it has made of these.
 */
export async function secretTextsOf(deps: WorkflowDeps, record: WorkflowExecution): Promise<SecretTexts> {
  const secrets = new WorkflowSecrets()
  const execution = await deps.executions.get(record.action_execution)
  if (execution !== null) secrets.addInputs(deps.sealer, execution)
  for await (const child of childrenOf(deps, record)) secrets.addParameters(deps.sealer, child)
  const rows: WorkflowEvent[] = []
  for await (const row of deps.workflows.events(record.id, 0)) {
    addSecretsOf(secrets, deps, row)
    if (row.sealed_result !== undefined) rows.push(row)
  }
  secrets.add(await textsMadeOfSecrets(deps, { record, execution, secrets, rows }))
  return secrets
}

async function* childrenOf({ executions }: WorkflowDeps, { id }: WorkflowExecution): AsyncIterable<ExecutionDocument> {
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
