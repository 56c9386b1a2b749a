import type { List } from '@st2/client'
import { type Execution, isCompleted, type WorkflowJournalView } from '@st2/model'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'
import { executionKeys } from './execution-keys.ts'
import type { ExecutionEvent } from './execution-events.ts'
import { eventsSince, liveMark, onExecutionEvents, pollWhenNotLive } from './live.ts'
import { queryClient } from './query-client.ts'
import { refreshSoon } from './refresh-soon.ts'
import { rerunOriginOf } from './rerun-origin.ts'
import { applyToRun, MAX_RUN, RUN_ATTRIBUTES, type RunExecutions, slim } from './run-executions.ts'

/** Executions of one request; servers refuse larger pages to some people. */
const PAGE = 100
/** ms; the stream keeps what is known up to date. */
const FRESH_MS = 30_000
/** Pages that are asked for at the same time. */
const LANES = 3

/** Everything that an execution asked for, page by page; what is there already is shown meanwhile. */
export function runExecutions(parent: string) {
  const queryKey = executionKeys.run(parent)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<RunExecutions> => {
      const mark = liveMark()
      const isFinal = hasEnded(parent)
      const first = await runPage(parent, 0, signal)
      const total = first.total ?? first.items.length
      const pages = [first.items]
      const known = (isComplete: boolean) =>
        applyToRun({ byId: mapOf(pages), total, isComplete, isFinal }, parent, eventsSince(mark))
      const isFirstTime = queryClient.getQueryData<RunExecutions>(queryKey)?.isComplete !== true
      const offsets = Array.from({ length: Math.ceil(Math.min(total, MAX_RUN) / PAGE) - 1 }, (_, at) => (at + 1) * PAGE)
      // Whoever looks sees more each time it has doubled: drawing every page would cost more than loading them.
      let next = 1
      while (offsets.length > 0) {
        if (isFirstTime && pages.length >= next) {
          queryClient.setQueryData(queryKey, known(false))
          next = 2 * pages.length
        }
        const lanes = offsets.splice(0, LANES).map((offset) => runPage(parent, offset, signal))
        for (const { items } of await Promise.all(lanes)) pages.push(items)
      }
      return known(true)
    },
    refetchInterval: pollWhenNotLive,
    // Whoever leaves while pages are coming stops them; whoever comes back wants them all.
    staleTime: ({ state }) => (state.data?.isComplete === true ? FRESH_MS : 0),
    // Comparing thousands of executions field by field would cost more than drawing the few that are seen.
    structuralSharing: false,
  })
}

function runPage(parent: string, offset: number, signal: AbortSignal): Promise<List<Execution>> {
  const query = { parent, limit: PAGE, offset, sort_asc: 'True', include_attributes: RUN_ATTRIBUTES }
  return api().executions.list(query, { signal })
}

function hasEnded(execution: string): boolean {
  const known = queryClient.getQueryData<Execution>(executionKeys.one(execution))
  return known !== undefined && isCompleted(known.status)
}

function mapOf(pages: readonly (readonly Execution[])[]): Map<string, Execution> {
  return new Map(pages.flatMap((page) => page.map((execution) => [execution.id, slim(execution)] as const)))
}

/** Whether the workflow has begun: then there is something to ask for. @source st2: the context of its execution */
export function hasWorkflowRecord({ context }: Pick<Execution, 'context'>): boolean {
  return typeof context?.['workflow_execution'] === 'string'
}

/** A workflow from within: what was decided, and with which variables. */
export function workflowInsight(execution: string) {
  return queryOptions({
    queryKey: executionKeys.workflow(execution),
    queryFn: ({ signal }) => api().workflows.get(execution, undefined, { signal }),
    refetchInterval: pollWhenNotLive,
  })
}

onExecutionEvents((events) => {
  for (const [key, run] of queryClient.getQueriesData<RunExecutions>({ queryKey: executionKeys.runs })) {
    if (run === undefined) continue
    const after = applyToRun(run, String(key[2]), events)
    if (after !== run) queryClient.setQueryData(key, after)
  }
  // The stream tells nothing of what a workflow decided; that its executions changed does.
  for (const execution of new Set(events.flatMap(concerned)))
    refreshSoon(queryClient, executionKeys.workflow(execution))
})

/** Whose workflow may have gone on. */
function concerned({ execution }: ExecutionEvent): string[] {
  return execution.parent === undefined ? [execution.id] : [execution.id, execution.parent]
}

/** Re-runs of tasks that one workflow has seen at most. */
const MAX_RERUNS = 20

/** Executions whose tasks this one runs again, newest first: they share its workflow. */
export function rerunOrigins(execution: Execution) {
  return queryOptions({
    queryKey: [...executionKeys.workflow(execution.id), 'origins'],
    queryFn: async ({ signal }): Promise<string[]> => {
      const found: string[] = []
      let at = rerunOriginOf(execution)
      // Whoever runs all of it again begins a workflow of their own.
      while (at !== null && at.tasks.length > 0 && found.length < MAX_RERUNS) {
        found.push(at.of)
        at = rerunOriginOf(await api().executions.get(at.of, { include_attributes: ['context'] }, { signal }))
      }
      return found
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** The same as it was before a row of its journal. The past does not change. */
export function workflowAt(execution: string, until: number) {
  return queryOptions({
    queryKey: [...executionKeys.workflow(execution), 'at', until],
    queryFn: ({ signal }) => api().workflows.get(execution, { until }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Rows of a journal that one screen reads at most. */
const MAX_JOURNAL = 5000
const JOURNAL_PAGE = 500

export type JournalRow = WorkflowJournalView['events'][number]

export function workflowJournal(execution: string, events: number) {
  return queryOptions({
    queryKey: [...executionKeys.workflow(execution), 'journal', events],
    queryFn: async ({ signal }) => {
      const rows: JournalRow[] = []
      let from: number | null = 0
      while (from !== null && rows.length < MAX_JOURNAL) {
        const page: WorkflowJournalView = await api().workflows.journal(
          execution,
          { from, limit: JOURNAL_PAGE },
          { signal },
        )
        rows.push(...page.events)
        from = page.next
      }
      return rows
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** An inquiry that waits, with what it asks and whom. */
export function inquiryDetails(id: string) {
  return queryOptions({
    queryKey: ['inquiries', id],
    queryFn: ({ signal }) => api().inquiries.get(id, { signal }),
  })
}
