import type {
  Execution,
  ExecutionOutput,
  ExecutionRequest,
  ExecutionStatistics,
  ExecutionStatus,
  RerunRequest,
  StatisticsBy,
  StatisticsInterval,
} from '@st2/model'
import { MalformedAnswerError } from '../api-error.ts'
import type { Http, RequestOptions } from '../http.ts'
import { fetchList, type List, type ListQuery } from '../list.ts'
import type { ResultUrlOptions, Urls } from '../urls.ts'
import { executionResults } from './execution-results.ts'

/** One value, or several of which any will do. */
type Values = string | readonly string[]

export interface ExecutionListQuery extends ListQuery {
  readonly id?: readonly string[] | undefined
  /** References of actions. */
  readonly action?: Values | undefined
  readonly status?: Values | undefined
  /** `'null'`: top level only. */
  readonly parent?: Values | undefined
  /** Names of rules, not their references; `'null'`: without a rule. */
  readonly rule?: Values | undefined
  readonly runner?: Values | undefined
  readonly trigger?: Values | undefined
  readonly trigger_type?: Values | undefined
  readonly trigger_instance?: Values | undefined
  readonly user?: Values | undefined
  readonly liveaction?: Values | undefined
  readonly trace_tag?: Values | undefined
  /** Words that must all occur; `"…"` keeps spaces. */
  readonly q?: string | undefined
  /** One time, or a range `A..B`. */
  readonly timestamp?: string | undefined
  readonly timestamp_gt?: string | undefined
  readonly timestamp_lt?: string | undefined
  /** Tokens `path:value` with spaces between. */
  readonly filter?: string | undefined
  readonly sort_asc?: string | undefined
  readonly sort_desc?: string | undefined
  readonly show_secrets?: boolean | undefined
}

export interface ExecutionChildrenQuery extends Omit<ListQuery, 'sort'> {
  /** Levels; -1: all. */
  readonly depth?: number | undefined
  /** By start instead of depth first. */
  readonly result_fmt?: 'sorted' | undefined
}

export interface ExecutionGetQuery {
  readonly include_attributes?: readonly string[] | undefined
  readonly exclude_attributes?: readonly string[] | undefined
  readonly show_secrets?: boolean | undefined
  /** Bytes; a larger `result` is left out of the answer, its `result_size` is not. */
  readonly max_result_size?: number | undefined
}

export interface ExecutionUpdate {
  readonly status: ExecutionStatus
  readonly result?: Record<string, unknown> | undefined
}

/** A refused cancellation is an answer with status 200, not an error. @source rest-api.md 10.4 */
export type CancelAnswer =
  | { readonly kind: 'accepted'; readonly execution: Execution }
  | { readonly kind: 'refused'; readonly faultstring: string }

export const EXECUTION_FILTER_TYPES = ['action', 'status', 'rule', 'runner', 'trigger', 'trigger_type', 'user'] as const
export type ExecutionFilterType = (typeof EXECUTION_FILTER_TYPES)[number]
/** The distinct values of each filter that was asked for. */
export type ExecutionFilters = Partial<Record<ExecutionFilterType, string[]>>

/** Words (`q`) and free filters on what is not indexed are refused: what they find is found by a bounded scan. */
export interface ExecutionStatisticsQuery extends Omit<ExecutionListQuery, keyof ListQuery | 'sort_asc' | 'sort_desc'> {
  /** @default status */
  readonly by?: StatisticsBy | undefined
  /** @default hour */
  readonly interval?: StatisticsInterval | undefined
}

export type OutputType = ExecutionOutput['output_type'] | 'all'
export type ExecutionAttribute = 'result' | 'trigger_instance' | 'status'

export type ExecutionsResource = ReturnType<typeof executionsResource>

/** @source rest-api.md 9.3, 10 */
export function executionsResource(http: Http, urls: Urls) {
  return {
    list: (query?: ExecutionListQuery, options?: RequestOptions): Promise<List<Execution>> =>
      fetchList(http, urls.collection('executions', { ...query }), options),
    get: (id: string, query?: ExecutionGetQuery, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.item('executions', id, { ...query }), options),
    create: (body: ExecutionRequest, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.collection('executions'), { ...options, method: 'POST', body }),
    rerun: (id: string, body: RerunRequest = {}, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.executionRerun(id), { ...options, method: 'POST', body }),
    cancel: async (id: string, options?: RequestOptions): Promise<CancelAnswer> => {
      const url = urls.item('executions', id)
      return cancelAnswer(await http.json<Execution | Refusal>(url, { ...options, method: 'DELETE' }), url)
    },
    update: (id: string, body: ExecutionUpdate, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.item('executions', id), { ...options, method: 'PUT', body }),
    pause: (id: string, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.item('executions', id), { ...options, method: 'PUT', body: { status: 'pausing' } }),
    resume: (id: string, options?: RequestOptions): Promise<Execution> =>
      http.json(urls.item('executions', id), { ...options, method: 'PUT', body: { status: 'resuming' } }),
    /** Descendants down to `depth` (-1: all), depth first unless `sorted` by start. */
    children: (
      id: string,
      query?: { depth?: number | undefined; result_fmt?: 'sorted' | undefined },
      options?: RequestOptions,
    ): Promise<Execution[]> => http.json(urls.executionChildren(id, query), options),
    /** The same, a page at a time, with the total. */
    childrenPage: (id: string, query?: ExecutionChildrenQuery, options?: RequestOptions): Promise<List<Execution>> =>
      fetchList(http, urls.executionChildren(id, { ...query }), options),
    /** What was printed so far; never waits. The live feed is `stream.output`. */
    output: (id: string, type?: OutputType, options?: RequestOptions): Promise<string> =>
      http.text(urls.executionOutput(id, { output_type: type }), options),
    attribute: (id: string, name: ExecutionAttribute, options?: RequestOptions): Promise<unknown> =>
      http.json(urls.executionAttribute(id, name), options),
    result: (id: string, options?: RequestOptions): Promise<unknown> => http.json(urls.executionResult(id), options),
    results: executionResults(http, urls),
    /** Address of the raw result, for a link. */
    resultUrl: (id: string, options?: ResultUrlOptions): string => urls.executionResult(id, options),
    filters: (types?: readonly ExecutionFilterType[], options?: RequestOptions): Promise<ExecutionFilters> =>
      http.json(urls.executionFilters({ types }), options),
    /** What `list` would find with the same filters, counted by what they are and when they started. */
    statistics: (query?: ExecutionStatisticsQuery, options?: RequestOptions): Promise<ExecutionStatistics> =>
      http.json(urls.executionStatistics({ ...query }), options),
  }
}

interface Refusal {
  readonly faultstring: string
}

function cancelAnswer(body: Execution | Refusal | null, url: string): CancelAnswer {
  if (body === null) throw new MalformedAnswerError(url, 'the body is null')
  return 'faultstring' in body
    ? { kind: 'refused', faultstring: body.faultstring }
    : { kind: 'accepted', execution: body }
}
