import type { TaskExecution } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type EvaluateDeps, evaluateExpression, type Evaluation } from '../datastore/evaluate-expression.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { workflowOf } from '../workflows/view-workflow.ts'
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
 * Evaluates an expression as a transition of a past run would have, at a step of it. What is secret is masked before.
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
  const { record, run, tasks } = await workflowOf(deps, execution)
  const secrets = await secretTextsOf(deps, record)
  const { state } = run.conductor
  const index = stepOf(state.sequence, place)
  const entry = index === null ? null : (state.sequence[index] ?? null)
  const variables = index === null ? (state.contexts[0] ?? {}) : run.conductor.variablesAt(index)
  const result = place.result === undefined ? resultAt(state.sequence, index, tasks) : place.result
  const names = secrets.mask({
    ...plain(variables),
    ...(entry === null ? {} : { __current_task: { id: entry.id, route: entry.route, result } }),
    __state: {
      status: run.conductor.status,
      sequence: state.sequence.map(({ id, route, status }) => ({ id, route, status: status ?? null })),
      tasks: Object.fromEntries(state.tasks),
    },
  })
  return evaluateExpression(
    deps.evaluateDeps,
    principal,
    JSON.stringify({ ...request, layer: 'orquesta' }),
    async () => names,
  )
}

/** Rounds of a cycle have entries of their own, attempts of a retry share one: of these the last counts. */
function resultAt(
  sequence: readonly { readonly id: string; readonly route: number }[],
  index: number | null,
  tasks: readonly TaskExecution[],
): unknown {
  const entry = index === null ? undefined : sequence[index]
  if (index === null || entry === undefined) return null
  const isSame = ({ id, route }: { readonly id: string; readonly route: number }): boolean =>
    id === entry.id && route === entry.route
  const runs = tasks.filter(({ task_id, task_route }) => task_id === entry.id && task_route === entry.route)
  const isLast = !sequence.slice(index + 1).some(isSame)
  const run = isLast ? runs.at(-1) : runs[sequence.slice(0, index).filter(isSame).length]
  return run?.result ?? null
}
