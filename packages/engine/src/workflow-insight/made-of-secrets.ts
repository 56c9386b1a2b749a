import type { WorkflowEvent, WorkflowExecution } from '@st2/model'
import { SecretTexts } from '../executions/secret-texts.ts'
import { sealedNames } from '../executions/seal-parameters.ts'
import { loadRun } from '../workflows/load-run.ts'
import { SecretVariables } from '../workflows/secret-variables.ts'
import { actionName } from '../workflows/task-records.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { plain } from './plain.ts'

/**
 * What a workflow has made of secrets: the texts in the variables that expressions have made of them, whatever these did to them. Texts
 * that the definition, or what is shown of the inputs and results that the secrets come from, tells anyway are none.
 *
 * @param rows of its journal whose results are secret in part
 */
export async function textsMadeOfSecrets(
  deps: WorkflowDeps,
  record: WorkflowExecution,
  rows: readonly WorkflowEvent[],
): Promise<string[]> {
  const own = await deps.executions.get(record.action_execution)
  const definition = await deps.workflows.definition(record.definition)
  const { spec } = deps.definitions.parse(definition)
  const inputs = new Set(own === null ? [] : sealedNames(deps.sealer, own))
  const tasks = new Set(rows.map(({ event }) => actionName(event.id ?? '').task))
  const { names } = new SecretVariables(spec, { inputs, tasks, datastore: true })
  if (names.size === 0) return []
  const { run } = await loadRun(deps, record)
  if (!run.hasBegun) return []
  const made = new SecretTexts()
  const { state, output } = run.conductor
  for (const values of plain<Record<string, unknown>[]>([...state.contexts, output ?? {}])) {
    for (const [name, value] of Object.entries(values)) if (names.has(name)) made.add(value)
  }
  const told = new SecretTexts()
  told.add(own?.parameters)
  for (const row of rows) told.add(await deps.results.load(row))
  const isTold = new Set(told.all)
  return made.all.filter((text) => !isTold.has(text) && !definition.includes(text))
}
