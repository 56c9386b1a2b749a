import { type ExecutionDocument, NotFoundError, type WorkflowJournalView, type WorkflowView } from '@st2/model'
import { timestampOf } from '../ports/timestamp.ts'
import { journalOf, workflowOf } from '../workflows/view-workflow.ts'
import type { WorkflowDeps } from '../workflows/workflow-deps.ts'
import { plain } from './plain.ts'
import { secretTextsOf } from './secret-texts.ts'
import { withinSize } from './within-size.ts'

/** Executions of actions that one view names. */
const MAX_EXECUTIONS = 10_000

export interface ShowOptions {
  /** As it was before this row of its journal; null: as it is now. */
  readonly until: number | null
  /** Bytes of variables and output together; of more the largest are left out, and named. */
  readonly maxSize: number
}

/**
 * A workflow from within: state, sequence, routes, variables, tasks. What is secret is masked.
 *
 * @throws NotFoundError
 */
export async function showWorkflow(
  deps: WorkflowDeps,
  execution: string,
  { until, maxSize }: ShowOptions,
): Promise<WorkflowView> {
  const { record, run, tasks, executions, endTimestamp } = await workflowOf(deps, execution, until)
  const secrets = await secretTextsOf(deps, record)
  const filter = [{ field: 'workflow_execution', op: 'eq', value: record.id }] as const
  const order = [{ field: 'start_timestamp', direction: 'asc' }] as const
  const found = await deps.executions.find({ filter, order, limit: MAX_EXECUTIONS })
  const actions = found.filter(({ id }) => executions.has(id))
  const conductor = run.hasBegun ? run.conductor : null
  const contexts = conductor?.state.contexts ?? []
  const large = new Map<string, unknown>(contexts.map((context, place) => [`contexts.${place}`, context]))
  const { kept, omitted } = withinSize(large.set('output', conductor?.output ?? null), maxSize)
  const output = kept.get('output')
  const shown = plain<Inside>({
    input: conductor?.inputs ?? {},
    contexts: [...kept].flatMap(([place, value]) => (place === 'output' ? [] : [value])),
    output,
    errors: conductor?.errors ?? [],
    routes: conductor?.state.routes ?? [],
    sequence: (conductor?.state.sequence ?? []).map(({ id, route, status, ctxs, prev, next, retry, term }) => ({
      id,
      route,
      status: status ?? null,
      contexts: ctxs,
      prev,
      next,
      ...(retry === undefined ? {} : { retry }),
      ...(term === true ? { term } : {}),
    })),
  })
  return {
    id: record.id,
    action_execution: record.action_execution,
    action: record.action_ref,
    status: conductor?.status ?? 'requested',
    start_timestamp: record.start_timestamp,
    end_timestamp: endTimestamp,
    definition: await deps.workflows.definition(record.definition),
    events: run.seq,
    ...secrets.mask(shown),
    omitted,
    tasks: tasks.map(({ result: _, ...task }) => ({ ...task, executions: idsOf(actions, task.id) })),
  }
}

/** What follows from the state of the run. */
type Inside = Pick<WorkflowView, 'input' | 'contexts' | 'output' | 'errors' | 'routes' | 'sequence'>

function idsOf(actions: readonly ExecutionDocument[], task: string): string[] {
  return actions.filter(({ task_execution }) => task_execution === task).map(({ id }) => id)
}

/**
 * Rows of the journal of a workflow: what happened, and what was decided. What is secret is masked.
 *
 * @param page at most `limit` rows whose results have at most `maxSize` bytes together; one row in any case
 * @throws NotFoundError
 */
export async function showJournal(
  deps: WorkflowDeps,
  execution: string,
  page: { readonly from: number; readonly limit: number; readonly maxSize: number },
): Promise<WorkflowJournalView> {
  const { record, rows, isLast } = await journalOf(deps, execution, page)
  const secrets = await secretTextsOf(deps, record)
  const last = rows.at(-1)
  return {
    workflow_execution: record.id,
    events: rows.map(({ seq, at, event, effects, result, result_size }) =>
      secrets.mask({
        seq,
        timestamp: timestampOf(Math.floor(at / 1000)),
        event: { ...event, ...(result_size === undefined ? {} : { result }) },
        effects: effects.map((effect) => ({ ...effect })),
      }),
    ),
    next: last === undefined || isLast ? null : last.seq + 1,
  }
}

/** The numbers of a step in the sequence: of the last run of a task on a route, or as given. */
export function stepOf(
  sequence: readonly { readonly id: string; readonly route: number }[],
  step: {
    readonly index?: number | undefined
    readonly task?: string | undefined
    readonly route?: number | undefined
  },
): number | null {
  const { index, task, route = 0 } = step
  if (index !== undefined) {
    if (sequence[index] === undefined) throw new NotFoundError(`The sequence of the workflow has no entry ${index}.`)
    return index
  }
  if (task === undefined) return sequence.length === 0 ? null : sequence.length - 1
  const found = sequence.findLastIndex((entry) => entry.id === task && entry.route === route)
  if (found === -1) throw new NotFoundError(`Task "${task}" has not run on route ${route} of the workflow.`)
  return found
}
