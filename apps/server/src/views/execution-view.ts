import { effectiveParameters } from '@st2/engine'
import { type Action, type ExecutionDocument, INQUIRER_RUNNER, type RunnerType } from '@st2/model'
import { maskParameters } from '@st2/schema'

/** What a view joins to the stored document. */
export interface ExecutionParts {
  readonly action: Action
  readonly runner: RunnerType
  /** As it is to be shown. undefined: not loaded (it was not asked for, or it is streamed behind the rest). */
  readonly result?: unknown
  readonly children?: readonly string[]
  /** The parameters with secrets, for an admin who asked for them. */
  readonly openParameters?: Readonly<Record<string, unknown>>
  readonly webuiBaseUrl: string
}

/**
 * An execution as the API and the stream show it. Falsy top-level fields are left out, as upstream does. Parameters
 * and results are masked where they are stored.
 * @source rest-schemas.md 8
 */
export function executionView(document: ExecutionDocument, parts: ExecutionParts): Record<string, unknown> {
  const parameters = parts.openParameters ?? document.parameters
  const view: Record<string, unknown> = {
    action: parts.action,
    runner: parts.runner,
    liveaction: liveactionPart(document, parameters),
    status: document.status,
    start_timestamp: document.start_timestamp,
    end_timestamp: document.end_timestamp,
    elapsed_seconds: elapsedSeconds(document),
    parameters: isEmpty(parameters) ? undefined : parameters,
    context: document.context,
    result: isEmpty(parts.result) ? undefined : parts.result,
    result_size: document.result_size,
    parent: document.parent,
    children: parts.children?.length === 0 ? undefined : parts.children,
    log: document.log,
    web_url: webUrl(document, parts.webuiBaseUrl),
    delay: document.delay,
    trigger: document.trigger,
    trigger_type: document.trigger_type,
    trigger_instance: document.trigger_instance,
    rule: maskRule(document.rule, parts),
    workflow_execution: document.workflow_execution,
    task_execution: document.task_execution,
    id: document.id,
  }
  return Object.fromEntries(Object.entries(view).filter(([, value]) => Boolean(value)))
}

/** The stream's second record of the same thing; its `result` is JSON text. @source rest-schemas.md 7 */
export function liveactionView(document: ExecutionDocument, result: unknown): Record<string, unknown> {
  return {
    ...liveactionPart(document, document.parameters),
    status: document.status,
    start_timestamp: document.start_timestamp,
    ...(document.end_timestamp === undefined ? {} : { end_timestamp: document.end_timestamp }),
    context: document.context,
    ...(document.delay === undefined ? {} : { delay: document.delay }),
    ...(document.workflow_execution === undefined ? {} : { workflow_execution: document.workflow_execution }),
    ...(document.task_execution === undefined ? {} : { task_execution: document.task_execution }),
    result: JSON.stringify(result ?? {}),
  }
}

/** Every attribute a list may be asked to include. */
export const EXECUTION_ATTRIBUTES = [
  'id',
  'action',
  'runner',
  'liveaction',
  'status',
  'start_timestamp',
  'end_timestamp',
  'parameters',
  'context',
  'result',
  'result_size',
  'parent',
  'children',
  'log',
  'web_url',
  'delay',
  'trigger',
  'trigger_type',
  'trigger_instance',
  'rule',
  'workflow_execution',
  'task_execution',
] as const

/** What upstream loads in any case, to mask and to judge permissions. @source rest-api.md 7.3 */
export const EXECUTION_MANDATORY = [
  'action.parameters',
  'action.output_schema',
  'action.pack',
  'action.uid',
  'runner.runner_parameters',
  'runner.output_key',
  'parameters',
  'context',
] as const

function liveactionPart(
  document: ExecutionDocument,
  parameters: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    id: document.liveaction_id,
    action: document.action_ref,
    action_is_workflow: document.action_is_workflow,
    parameters,
    callback: document.callback ?? {},
    runner_info: document.runner_info ?? {},
    ...(document.notify === undefined ? {} : { notify: document.notify }),
  }
}

function elapsedSeconds(document: ExecutionDocument): number | undefined {
  if (document.end_timestamp === undefined) return undefined
  return (microseconds(document.end_timestamp) - microseconds(document.start_timestamp)) / 1e6
}

/** `…THH:MM:SS.ffffffZ` keeps more digits than a Date does. */
function microseconds(timestamp: string): number {
  return Date.parse(`${timestamp.slice(0, 19)}Z`) * 1000 + Number(timestamp.slice(20, 26))
}

function webUrl(document: ExecutionDocument, base: string): string {
  return `${base.replace(/\/$/, '')}/#/history/${document.id}/general`
}

/** The rule as it was, without the secrets that it gives to its action. */
function maskRule(rule: ExecutionDocument['rule'], { action, runner }: ExecutionParts): unknown {
  const given = rule?.['action']
  if (typeof given !== 'object' || given === null || !('parameters' in given)) return rule
  const schemas = effectiveParameters(runner.runner_parameters, action.parameters)
  return { ...rule, action: { ...given, parameters: maskParameters(schemas, given.parameters) } }
}

/** Whether masking may change the result: if not, it can be sent as it is stored. */
export function masksResult(action: Action): boolean {
  if (action.runner_type === INQUIRER_RUNNER) return true
  return JSON.stringify(action.output_schema).includes('"secret":true')
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
