import type { WorkflowEvent, WorkflowExecution } from '@st2/model'
import { eachExecution } from '../executions/each-execution.ts'
import type { SecretTexts } from '../executions/secret-texts.ts'
import { addSecretsOf } from '../workflows/journal-rows.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { WorkflowSecrets } from '../workflows/workflow-secrets.ts'
import { textsMadeOfSecrets } from './made-of-secrets.ts'

/**
 * What a workflow was given in confidence: secret inputs of it and of its actions, deciphered items of the datastore, secret outputs,
 * secret responses of people, and what it has made of these.
 */
export async function secretTextsOf(deps: WorkflowDeps, record: WorkflowExecution): Promise<SecretTexts> {
  const secrets = new WorkflowSecrets()
  const execution = await deps.executions.get(record.action_execution)
  if (execution !== null) secrets.addInputs(deps.sealer, execution)
  const isChild = [{ field: 'workflow_execution', op: 'eq', value: record.id }] as const
  for await (const child of eachExecution(deps.executions, isChild)) secrets.addParameters(deps.sealer, child)
  const rows: WorkflowEvent[] = []
  for await (const row of deps.workflows.events(record.id, 0)) {
    addSecretsOf(secrets, deps, row)
    if (row.sealed_result !== undefined) rows.push(row)
  }
  secrets.add(await textsMadeOfSecrets(deps, { record, execution, secrets, rows }))
  return secrets
}
