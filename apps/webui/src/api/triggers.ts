import type { TriggerInstanceStatus, TriggerInstanceView, TriggerView } from '@st2/model'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { triggerKeys } from './event-keys.ts'
import { everyPage } from './every-page.ts'
import { type InstanceFilters, INSTANCE_PAGE, instanceFiltersToQuery } from './instance-filters.ts'
import { POLL_MS } from './live.ts'

export function triggerTypeList() {
  return queryOptions({
    queryKey: triggerKeys.types,
    queryFn: ({ signal }) => everyPage((page) => api().triggerTypes.list(page, { signal })),
  })
}

/** Every trigger: timers, webhooks, and what sensors are told to watch. */
export function triggerList() {
  return queryOptions({
    queryKey: triggerKeys.triggers,
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, TriggerView>> => {
      const { items } = await api().triggers.list(undefined, { signal })
      return new Map(items.map((trigger) => [trigger.ref, trigger]))
    },
  })
}

export function sensorTypeList() {
  return queryOptions({
    queryKey: triggerKeys.sensors,
    queryFn: ({ signal }) => everyPage((page) => api().sensorTypes.list(page, { signal })),
  })
}

export function triggerInstanceList(filters: InstanceFilters, limit = INSTANCE_PAGE) {
  return queryOptions({
    queryKey: [...triggerKeys.instances, 'list', filters, limit],
    queryFn: ({ signal }) =>
      api().triggerInstances.list(instanceFiltersToQuery(filters, limit, Date.now()), { signal }),
    refetchInterval: POLL_MS,
  })
}

/** ms between looks at an event that the rules engine has not finished. */
const OPEN_POLL_MS = 1000

export function triggerInstanceDetails(id: string) {
  return queryOptions({
    queryKey: triggerKeys.instance(id),
    queryFn: ({ signal }) => api().triggerInstances.get(id, { signal }),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isUnfinished(data) ? OPEN_POLL_MS : false),
  })
}

const UNFINISHED: readonly TriggerInstanceStatus[] = ['pending', 'processing']

/** Whether the rules engine has still to look at it. */
export function isUnfinished({ status }: Pick<TriggerInstanceView, 'status'>): boolean {
  return UNFINISHED.includes(status)
}

/** Newest instances looked through for the one that was just made. */
const LOOK_BACK = 20

/** Lets an event happen once more. */
export function useReEmit() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, trigger }: Pick<TriggerInstanceView, 'id' | 'trigger'>): Promise<string | null> => {
      await api().triggerInstances.reEmit(id)
      // The answer does not tell the new id; the new event tells where it comes from.
      const { items } = await api().triggerInstances.list({ trigger, limit: LOOK_BACK })
      return items.find((instance) => originalOf(instance) === id)?.id ?? null
    },
    onSettled: () => cache.invalidateQueries({ queryKey: triggerKeys.instances }),
  })
}

/** Id of the event that this one repeats. */
export function originalOf({ payload }: Pick<TriggerInstanceView, 'payload'>): string | undefined {
  const context: unknown = payload['__context']
  if (typeof context !== 'object' || context === null || !('original_id' in context)) return undefined
  return typeof context.original_id === 'string' ? context.original_id : undefined
}

export function useSetSensorEnabled() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ ref, enabled }: { readonly ref: string; readonly enabled: boolean }) =>
      api().sensorTypes.setEnabled(ref, enabled),
    onSettled: () => cache.invalidateQueries({ queryKey: triggerKeys.sensors }),
  })
}
