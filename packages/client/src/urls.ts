import { type Endpoints, withoutTrailingSlash } from './endpoints.ts'

export type QueryValue = string | number | boolean | readonly string[] | null | undefined
export type Query = Readonly<Record<string, QueryValue>>

export interface ResultUrlOptions {
  readonly download?: boolean | undefined
  readonly compress?: boolean | undefined
  readonly prettyFormat?: boolean | undefined
}

export type Urls = ReturnType<typeof createUrls>

/**
 * Every URL the bindings ask for. Lists are comma separated; `null`, `undefined` and empty lists are left out.
 *
 * @source rest-api.md 3.2, 9, 11
 */
export function createUrls(endpoints: Endpoints) {
  const api = withoutTrailingSlash(endpoints.api)
  const auth = withoutTrailingSlash(endpoints.auth)
  const stream = withoutTrailingSlash(endpoints.stream)

  return {
    collection: (resource: string, query?: Query) => `${api}/${resource}${queryString(query)}`,
    item: (resource: string, id: string, query?: Query) => `${api}/${resource}/${segment(id)}${queryString(query)}`,

    actionsOverview: (query?: Query) => `${api}/actions/views/overview${queryString(query)}`,
    actionOverview: (ref: string) => `${api}/actions/views/overview/${segment(ref)}`,
    actionParameters: (ref: string) => `${api}/actions/views/parameters/${segment(ref)}`,
    actionClone: (ref: string) => `${api}/actions/${segment(ref)}/clone`,
    actionEntryPoint: (ref: string) => `${api}/actions/views/entry_point/${segment(ref)}`,

    executionRerun: (id: string) => `${api}/executions/${segment(id)}/re_run`,
    executionChildren: (id: string, query?: Query) => `${api}/executions/${segment(id)}/children${queryString(query)}`,
    executionOutput: (id: string, query?: Query) => `${api}/executions/${segment(id)}/output${queryString(query)}`,
    executionAttribute: (id: string, name: string) => `${api}/executions/${segment(id)}/attribute/${segment(name)}`,
    executionResult: (id: string, options: ResultUrlOptions = {}) =>
      `${api}/executions/${segment(id)}/result${queryString({
        download: options.download,
        compress: options.compress,
        pretty_format: options.prettyFormat,
      })}`,
    executionResultView: (id: string, view: 'outline' | 'search' | 'lines', query?: Query) =>
      `${api}/executions/${segment(id)}/result/${view}${queryString(query)}`,
    executionStatistics: (query?: Query) => `${api}/executions/views/statistics${queryString(query)}`,
    executionFilters: (query?: Query) => `${api}/executions/views/filters${queryString(query)}`,

    workflowJournal: (id: string, query?: Query) => `${api}/workflows/${segment(id)}/journal${queryString(query)}`,
    workflowEvaluate: (id: string) => `${api}/workflows/${segment(id)}/evaluate`,

    packFiles: (ref: string) => `${api}/packs/views/files/${segment(ref)}`,
    packFile: (ref: string, path: string) =>
      `${api}/packs/views/file/${segment(ref)}/${path.split('/').map(segment).join('/')}`,

    ruleTest: (ref: string | null) => (ref === null ? `${api}/rules/test` : `${api}/rules/${segment(ref)}/test`),
    triggerInstanceReEmit: (id: string) => `${api}/triggerinstances/${segment(id)}/re_emit`,
    webhook: (url: string) => `${api}/webhooks/${trimmed(url).split('/').map(segment).join('/')}`,

    user: () => `${api}/user`,
    tokens: () => `${auth}/tokens`,
    tokenValidation: () => `${auth}/tokens/validate`,

    events: (query?: Query) => `${stream}/stream${queryString(query)}`,
    streamSocket: () => `${stream}/ws`,
    outputStream: (id: string, query?: Query) => `${stream}/executions/${segment(id)}/output${queryString(query)}`,
  }
}

/** A colon may stand in a path as it is; names of datastore items are full of them. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':')
}

/** As the server knows a webhook: without slashes around. */
function trimmed(url: string): string {
  return url.replace(/^\/+|\/+$/g, '')
}

function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const text = queryText(value)
    return text === null ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(text)}`]
  })
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function queryText(value: QueryValue): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return value.length === 0 ? null : value.join(',')
  return String(value)
}
