import type { ExecutionDocument, WorkflowExecution } from '@st2/model'
import type { WorkflowSpec } from '@st2/orquesta'
import { entriesOf, isDict, str, toJsonValue } from '@st2/python-values'
import type { ExecutionOrder } from '../executions/request-execution.ts'
import type { SecretTexts } from '../executions/secret-texts.ts'
import type { StartEffect } from './journal-rows.ts'
import { actionName } from './task-records.ts'
import { childId, taskExecutionId } from './workflow-ids.ts'
import { only } from './workflow-context.ts'

export interface ChildOf {
  readonly record: WorkflowExecution
  /** The workflow's execution. */
  readonly execution: ExecutionDocument
  readonly spec: WorkflowSpec
  /** What the workflow was given in confidence: what is made of it is told in confidence too. */
  readonly secrets: SecretTexts
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
    ...deepRerun(of, start),
  }
}

/** What was rendered is data. It is a template only where the definition says so: text that it kept from being rendered. */
function inputs({ spec, secrets }: ChildOf, start: StartEffect): Pick<ExecutionOrder, 'parameters' | 'earlier'> {
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
    Object.keys(from).filter((name) => secrets.holdsAny(from[name]))
  return {
    parameters: templates,
    earlier: { values, secret: telling(values), secretTemplates: telling(templates) },
  }
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

/** A rerun that names a task below this one goes on in the workflow that this task had started. */
function deepRerun({ record, execution }: ChildOf, start: StartEffect): Pick<ExecutionOrder, 'rerunOf'> {
  const rerun = execution.context['re-run']
  const below = (list: unknown): string[] =>
    (Array.isArray(list) ? list.map(String) : []).flatMap((path) =>
      path.startsWith(`${start.task}.`) ? [path.slice(start.task.length + 1)] : [],
    )
  if (typeof rerun !== 'object' || rerun === null || start.run === 0) return {}
  const tasks = below(Reflect.get(rerun, 'tasks'))
  if (tasks.length === 0) return {}
  const { task, route, run, item } = actionName(start.id)
  const before = [task, route, run - 1, ...(item === null ? [] : [item])].join('.')
  const reset = below(Reflect.get(rerun, 'reset'))
  return { rerunOf: { ref: childId(record, before), tasks, ...(reset.length === 0 ? {} : { reset }) } }
}
