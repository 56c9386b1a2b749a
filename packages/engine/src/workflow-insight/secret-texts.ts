import type { ExecutionDocument, WorkflowEvent, WorkflowExecution } from '@st2/model'
import { SecretTexts } from '../executions/secret-texts.ts'
import { addSecretsOf } from '../workflows/journal-rows.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { textsMadeOfSecrets } from './made-of-secrets.ts'

/** Executions read at once. */
const PAGE = 1000

/**
 * What a workflow was given in confidence: secret inputs of it and of its actions, deciphered items of the datastore, secret outputs,
 * secret responses of people, and what it has made of these.
 */
export async function secretTextsOf(deps: WorkflowDeps, record: WorkflowExecution): Promise<SecretTexts> {
  const secrets = new SecretTexts()
  const own = await deps.executions.get(record.action_execution)
  if (own !== null) secrets.addParameters(deps.sealer, own)
  for await (const child of childrenOf(deps, record)) secrets.addParameters(deps.sealer, child)
  const secretResults: WorkflowEvent[] = []
  for await (const row of deps.workflows.events(record.id, 0)) {
    addSecretsOf(secrets, deps, row)
    if (row.sealed_result !== undefined) secretResults.push(row)
  }
  secrets.add(await textsMadeOfSecrets(deps, record, secretResults))
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
