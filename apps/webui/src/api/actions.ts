import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

const ROW_ATTRIBUTES = ['ref', 'pack', 'name', 'description', 'runner_type', 'enabled'] as const

export function actionList() {
  return queryOptions({
    queryKey: ['actions', 'list'],
    queryFn: ({ signal }) => api().actions.list({ include_attributes: ROW_ATTRIBUTES }, { signal }),
  })
}

/** Which runners there are, and whether they are enabled. */
export function runnerTypeList() {
  return queryOptions({
    queryKey: ['runner-types', 'list'],
    queryFn: ({ signal }) => api().runnerTypes.list(undefined, { signal }),
  })
}

/** The action with the parameters of its runner merged in: what a run form needs. */
export function actionOverview(ref: string) {
  return queryOptions({
    queryKey: ['actions', 'overview', ref],
    queryFn: ({ signal }) => api().actions.overviewOf(ref, { signal }),
  })
}

export function actionMetadata(ref: string) {
  return queryOptions({
    queryKey: ['actions', 'metadata', ref],
    queryFn: ({ signal }) => api().actions.get(ref, { signal }),
  })
}

export function actionEntryPoint(ref: string) {
  return queryOptions({
    queryKey: ['actions', 'entry-point', ref],
    queryFn: ({ signal }) => api().actions.entryPoint(ref, { signal }),
  })
}
