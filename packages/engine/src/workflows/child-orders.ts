import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import type { WorkflowSpec } from '@st2/orquesta'
import { entriesOf, isDict, str, toJsonValue } from '@st2/python-values'
import type { ExecutionOrder } from '../executions/request-execution.ts'
import type { StartEffect } from './journal-rows.ts'
import { childId, taskExecutionId } from './workflow-ids.ts'
import { only } from './workflow-context.ts'
import type { WorkflowSecrets } from './workflow-secrets.ts'

export interface ChildOf {
  readonly record: WorkflowExecution
  /** The workflow's execution. */
  readonly execution: ExecutionDocument
  readonly spec: WorkflowSpec
  /** What the workflow was given in confidence: what is made of it is told in confidence too. */
  readonly secrets: WorkflowSecrets
}

/** The order of an action that a workflow decided to start. @source orquesta.md 23 */
export function childOrder(of: ChildOf, start: StartEffect, delayMs: number | undefined): ExecutionOrder {
  const { record, execution } = of
  const { task, route, run, item } = start
  const { context } = execution
  const taskExecution = taskExecutionId(record, task, route, run)
  return {
    id: childId(record, start.id),
    action: str(start.action),
    ...inputs(of, start),
    delay: delayMs,
    notify: record.notify?.tasks.includes(task) === true ? record.notify.config : undefined,
    cause: {
      ...only(context, 'api_user', 'source_channel', 'trace_context'),
      parent: { execution_id: execution.id, ...only(context, 'user', 'pack', 'api_user', 'source_channel') },
      orquesta: {
        workflow_execution_id: record.id,
        task_execution_id: taskExecution,
        task_name: task,
        task_id: task,
        task_route: route,
        ...(item === null ? {} : { item_id: item }),
      },
    },
    belongsTo: { parent: execution.id, workflow_execution: record.id, task_execution: taskExecution },
  }
}

/** What was rendered is data. It is a template only where the definition says so: text that it kept from being rendered. */
function inputs(of: ChildOf, start: StartEffect): Pick<ExecutionOrder, 'parameters' | 'earlier'> {
  const { spec, secrets } = of
  const templates: Record<string, unknown> = {}
  const values: Record<string, unknown> = {}
  const input = isDict(start.input) ? entriesOf(start.input) : []
  const written = writtenInputs(spec, start.task)
  for (const [key, value] of input) {
    const name = str(key)
    const target = isKeptTemplate(written.get(name)) ? templates : values
    target[name] = toJsonValue(value)
  }
  const telling = (from: Record<string, unknown>): string[] =>
    Object.keys(from).filter(
      (name) => secrets.holdsAny(from[name]) || isMadeOfSecret(of, start.task, written.get(name)),
    )
  return {
    parameters: templates,
    earlier: { values, secret: telling(values), secretTemplates: telling(templates) },
  }
}

/** Expressions may have changed the secret: its text is not to be found in what they made. */
function isMadeOfSecret({ spec, secrets }: ChildOf, task: string, written: unknown): boolean {
  if (secrets.isEmpty || written === undefined) return false
  const variables = secrets.variables(spec, { datastore: true })
  const items = spec.tasks.get(task)?.with?.items
  const isOfItems = items !== undefined && /\bitem\s*\(/.test(str(written))
  return variables.makes(written, task) || (isOfItems && variables.makes(items, task))
}

function writtenInputs(spec: WorkflowSpec, task: string): Map<string, unknown> {
  const input = spec.tasks.get(task)?.input
  return new Map(isDict(input) ? entriesOf(input).map(([key, value]) => [str(key), value]) : [])
}

/** A raw block, or Jinja beside YAQL, which takes the whole text and leaves the other's delimiters. */
function isKeptTemplate(written: unknown): boolean {
  const text = typeof written === 'string' ? written : JSON.stringify(written ?? null)
  return /\{%-?\s*raw\b/.test(text) || (text.includes('<%') && /\{\{|\{%/.test(text))
}
