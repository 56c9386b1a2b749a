import {
  type ExecutionDocument,
  InvalidError,
  type WorkflowExecution,
  type WorkflowLimits,
  type WorkflowNotify,
} from '@st2/model'
import { type PlatformEntry, WorkflowLoadError, type WorkflowRun } from '@st2/orquesta'
import { effectiveNotify, hasSections } from '../executions/notify/notify-settings.ts'
import { parameterRules } from '../executions/parameter-rules.ts'
import type { RenderContexts } from '../executions/render-contexts.ts'
import { renderFinal } from '../executions/render-parameters.ts'
import { openParameters } from '../executions/seal-parameters.ts'
import type { SnapshotStore } from '../executions/snapshot-store.ts'
import type { Clock } from '../ports/clock.ts'
import { type LoadDeps, newRun } from './load-run.ts'
import { workflowContext } from './workflow-context.ts'
import { workflowId } from './workflow-ids.ts'

export interface BeginDeps extends LoadDeps {
  readonly snapshots: SnapshotStore
  readonly renderContexts: RenderContexts
  readonly clock: Clock
  readonly owner: string
  readonly begin: {
    /** Base URL of the API, without version. */
    readonly apiUrl: () => string
    readonly systemUser: string
    /** ms until another engine may take the record. */
    readonly leaseMs: number
    /** `[workflow_engine] max_task_runs`, `max_items` */
    readonly limits: WorkflowLimits
  }
}

/** A workflow does not begin, for something is wrong with it: what its execution answers. */
export class WorkflowRefusedError extends InvalidError {
  readonly errors: readonly PlatformEntry[] | readonly { readonly message: string }[]

  constructor(errors: WorkflowRefusedError['errors']) {
    super(errors[0]?.message ?? '')
    this.errors = errors
  }
}

/**
 * The record and the run of a workflow that is to begin. Nothing is stored but the definition's text.
 *
 * @throws WorkflowRefusedError
 * @source orquesta.md 21.1
 */
export async function prepareWorkflow(
  deps: BeginDeps,
  execution: ExecutionDocument,
): Promise<{ record: WorkflowExecution; run: WorkflowRun }> {
  const action = await deps.snapshots.action(execution.action_snapshot)
  const runner = await deps.snapshots.runner(execution.runner_snapshot)
  const text = await deps.definitions.read(action)
  const parsed = parse(deps, text)
  const mistakes = await deps.definitions.inspect(parsed)
  if (mistakes.length > 0) throw new WorkflowRefusedError(mistakes)
  const rules = parameterRules(action, runner)
  const stored = openParameters(deps.sealer, execution)
  const parameters = await deps.renderContexts.forRun(execution.context, action, runner, (names) => {
    const scope = { action: action.parameters, runner: runner.runner_parameters, effective: rules.effective, names }
    return renderFinal(scope, stored)
  })
  const tasks = notifyTasks(parameters.runner['notify'], (task) => parsed.spec.tasks.has(task))
  const config = effectiveNotify(action, execution.notify)
  const { apiUrl, systemUser, leaseMs, limits } = deps.begin
  const basis = {
    input: parameters.action,
    context: workflowContext(execution, { apiUrl: apiUrl(), systemUser }),
  }
  const record: WorkflowExecution = {
    id: workflowId(execution.id, execution.start_timestamp),
    rev: 1,
    action_execution: execution.id,
    action_ref: execution.action_ref,
    status: 'requested',
    definition: await deps.workflows.keepDefinition(text),
    ...(execution.sealed === undefined ? { basis } : { sealed_basis: deps.sealer.seal(basis) }),
    notify: notifyOf(config, tasks),
    limits,
    start_timestamp: deps.clock.timestamp(),
    due_at: deps.clock.now() + leaseMs,
    claimed_by: deps.owner,
  }
  return { record, run: newRun(deps, record, text) }
}

function parse(deps: BeginDeps, text: string): ReturnType<LoadDeps['definitions']['parse']> {
  try {
    return deps.definitions.parse(text)
  } catch (error) {
    if (error instanceof WorkflowLoadError) throw new WorkflowRefusedError([{ message: error.message }])
    throw error
  }
}

function notifyTasks(value: unknown, isTask: (name: string) => boolean): string[] {
  const tasks = Array.isArray(value) ? value.map(String) : []
  const unknown = tasks.filter((task) => !isTask(task))
  if (unknown.length === 0) return tasks
  const message =
    'The following tasks in the notify parameter do not exist in the workflow definition: ' + `${unknown.join(', ')}.`
  throw new WorkflowRefusedError([{ message }])
}

function notifyOf(config: Record<string, unknown> | undefined, tasks: readonly string[]): WorkflowNotify | undefined {
  return config !== undefined && hasSections(config) && tasks.length > 0 ? { config, tasks } : undefined
}
