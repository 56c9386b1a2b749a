import type { TaskExecution, WorkflowExecution } from '@st2/model'
import { entryKey, type WorkflowRun } from '@st2/orquesta'
import type { Principal } from '../access/principal.ts'
import { type EvaluateDeps, evaluateExpression, type Evaluation } from '../datastore/evaluate-expression.ts'
import { itemsOf } from '../workflows/all-items.ts'
import { answerTask, type TaskLookUp } from '../workflows/answer-look-ups.ts'
import { loadRun } from '../workflows/load-run.ts'
import { requireRecord } from '../workflows/view-workflow.ts'
import { type WorkflowAtStep, workflowAtStep } from '../workflows/workflow-at-step.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { plain } from './plain.ts'
import { secretTextsOf } from './secret-texts.ts'
import { stepOf } from './show-workflow.ts'

/** Which variables an expression sees: those that a step of the sequence began with. */
export interface EvaluationPlace {
  /** Number in the sequence. Default: the last. */
  readonly index?: number | undefined
  /** Its last run on the route counts. */
  readonly task?: string | undefined
  readonly route?: number | undefined
  /** What `result()` answers. Default: what the task came to. */
  readonly result?: unknown
}

/**
 * Evaluates an expression as a transition of a past run did, at a step of it. What is secret is masked before.
 *
 * @param request JSON object with `expression`, and optionally `language` and `context`, which overlays the variables
 * @throws NotFoundError, InvalidError; a failing expression is an answer
 */
export async function evaluateInWorkflow(
  deps: WorkflowDeps & { readonly evaluateDeps: EvaluateDeps },
  principal: Principal,
  execution: string,
  request: { readonly expression: unknown; readonly language: 'yaql' | 'jinja'; readonly context?: unknown },
  place: EvaluationPlace,
): Promise<Evaluation> {
  const record = await requireRecord(deps, execution)
  const { run } = await loadRun(deps, record)
  const secrets = await secretTextsOf(deps, record)
  const index = run.hasBegun ? stepOf(run.conductor.state.sequence, place) : null
  const step = index === null ? null : await workflowAtStep(deps, record, index)
  const names = secrets.mask(
    step === null || index === null ? namesWithoutStep(run) : namesAt(step, index, place.result),
  )
  return evaluateExpression(
    deps.evaluateDeps,
    principal,
    JSON.stringify({ ...request, layer: 'orquesta' }),
    async () => names,
    async (asked) => {
      const answer = step === null ? null : await answerTask(lookUpAt(record, step), asked)
      return answer?.kind === 'value' ? { ...answer, value: secrets.mask(answer.value) } : { kind: 'absent' }
    },
  )
}

function namesWithoutStep(run: WorkflowRun): Record<string, unknown> {
  const { status, contexts } = run.hasBegun ? run.conductor.state : { status: 'requested', contexts: [] }
  return { ...plain(contexts[0] ?? {}), __state: { status, sequence: [], tasks: {} } }
}

function namesAt(
  { run, task, status, started }: WorkflowAtStep,
  index: number,
  result: unknown,
): Record<string, unknown> {
  const { conductor } = run
  const sequence = conductor.state.sequence.slice(0, started)
  const entry = sequence[index]
  const hasItems = conductor.spec.tasks.get(entry?.id ?? '')?.with != null
  return {
    ...plain(conductor.variablesAt(index)),
    __current_task: {
      id: entry?.id,
      route: entry?.route,
      result: result === undefined ? resultOf(task, hasItems) : result,
    },
    __state: {
      status,
      sequence: sequence.map((step) => ({ id: step.id, route: step.route, status: step.status ?? null })),
      // Of several entries of a task on a route the last counts.
      tasks: Object.fromEntries(sequence.map(({ id, route }, at) => [entryKey(id, route), at])),
    },
  }
}

/** Of items a list, as `result()` has it. */
function resultOf(task: TaskExecution | null, hasItems: boolean): unknown {
  if (!hasItems) return task?.result ?? null
  return itemsOf(task?.result).map((item) =>
    typeof item === 'object' && item !== null ? Reflect.get(item, 'result') : null,
  )
}

function lookUpAt(record: WorkflowExecution, { run, records }: WorkflowAtStep): TaskLookUp {
  return {
    workflow: record.id,
    records: async () => records,
    statusOf: (task, route) => run.conductor.state.entry(task, route)?.status ?? null,
  }
}
