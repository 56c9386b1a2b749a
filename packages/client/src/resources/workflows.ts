import type {
  WorkflowJournalView,
  WorkflowMistake,
  WorkflowRehearsal,
  WorkflowRehearsalRequest,
  WorkflowSimulationRequest,
  WorkflowSimulationView,
  WorkflowView,
} from '@st2/model'
import type { Http, RequestOptions } from '../http.ts'
import type { Urls } from '../urls.ts'

export interface WorkflowEvaluationRequest {
  readonly expression: unknown
  readonly language?: 'yaql' | 'jinja' | undefined
  /** Number of the step in the sequence. Default: the last. */
  readonly index?: number | undefined
  readonly task?: string | undefined
  readonly route?: number | undefined
  readonly result?: unknown
  readonly context?: Readonly<Record<string, unknown>> | undefined
}

export type WorkflowsResource = ReturnType<typeof workflowsResource>

/** Runs of workflows from within, by the ids of their executions; and definitions tried out. */
export function workflowsResource(http: Http, urls: Urls) {
  const post = { method: 'POST' } as const
  return {
    inspect: async (definition: string, options?: RequestOptions): Promise<WorkflowMistake[]> => {
      const url = urls.item('workflows', 'inspect')
      const headers = { 'content-type': 'text/plain' }
      return http.read(await http.send(url, { ...options, ...post, text: definition, headers }), url)
    },
    simulate: (body: WorkflowSimulationRequest, options?: RequestOptions): Promise<WorkflowSimulationView> =>
      http.json(urls.item('workflows', 'simulate'), { ...options, ...post, body }),
    rehearse: (body: WorkflowRehearsalRequest, options?: RequestOptions): Promise<WorkflowRehearsal> =>
      http.json(urls.item('workflows', 'rehearse'), { ...options, ...post, body }),
    /** @param until number of a row of the journal: as it was before it */
    get: (execution: string, query?: { readonly until?: number }, options?: RequestOptions): Promise<WorkflowView> =>
      http.json(urls.item('workflows', execution, { ...query }), options),
    journal: (
      execution: string,
      query?: { readonly from?: number; readonly limit?: number },
      options?: RequestOptions,
    ): Promise<WorkflowJournalView> => http.json(urls.workflowJournal(execution, { ...query }), options),
    evaluate: (
      execution: string,
      body: WorkflowEvaluationRequest,
      options?: RequestOptions,
    ): Promise<{ readonly value: unknown } | { readonly error: string }> =>
      http.json(urls.workflowEvaluate(execution), { ...options, ...post, body }),
  }
}
