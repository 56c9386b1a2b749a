import type { ExecutionDocument, WorkflowEvent, WorkflowExecution } from '@st2/model'
import { SecretTexts } from '../executions/secret-texts.ts'
import { loadRun } from '../workflows/load-run.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import type { WorkflowSecrets } from '../workflows/workflow-secrets.ts'
import { plain } from './plain.ts'

/** What is known of a workflow, with where its secrets came from. */
export interface SecretSources {
  readonly record: WorkflowExecution
  /** The workflow's own; null: it was removed. */
  readonly execution: ExecutionDocument | null
  readonly secrets: WorkflowSecrets
  /** Rows of its journal whose results are secret in part. */
  readonly rows: readonly WorkflowEvent[]
}

/**
 * What a workflow has made of secrets: the texts in the variables that expressions have made of them, whatever these did to them. Texts
 * that the definition, or what is shown of the inputs and results that the secrets come from, tells anyway are none.
 */
export async function textsMadeOfSecrets(
  deps: WorkflowDeps,
  { record, execution, secrets, rows }: SecretSources,
): Promise<string[]> {
  const definition = await deps.workflows.definition(record.definition)
  const { names } = secrets.variables(deps.definitions.parse(definition).spec, { datastore: true })
  if (names.size === 0) return []
  const { run } = await loadRun(deps, record)
  if (!run.hasBegun) return []
  const made = new SecretTexts()
  const { state, output } = run.conductor
  for (const values of plain<Record<string, unknown>[]>([...state.contexts, output ?? {}])) {
    for (const [name, value] of Object.entries(values)) if (names.has(name)) made.add(value)
  }
  const told = new SecretTexts()
  told.add(execution?.parameters)
  for (const row of rows) told.add(await deps.results.load(row))
  const isTold = new Set(told.all)
  return made.all.filter((text) => !isTold.has(text) && !definition.includes(text))
}
