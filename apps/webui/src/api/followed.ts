/** What of the stream the screen needs, by what is being shown. Pure. */
import type { SocketSubscription } from '@st2/client'
import type { QueryKey } from '@tanstack/react-query'
import { ruleKeys, triggerKeys } from './event-keys.ts'
import { type HistoryFilters, NO_FILTERS, ROW_ATTRIBUTES } from './execution-filters.ts'
import { executionKeys, type ListKey } from './execution-keys.ts'
import { RUN_ATTRIBUTES } from './run-executions.ts'

/** `lists`: whatever is at the top. `runs`: chosen executions and all that is below them. */
export type FollowedPart = 'lists' | 'runs'
export type Followed = Readonly<Record<FollowedPart, SocketSubscription | null>>

export const NOTHING_FOLLOWED: Followed = { lists: null, runs: null }

/** Executions of one subscription. @source docs/stream-socket.md */
const MAX_EXECUTIONS = 1000

/** What those who show runs show of an execution beside its tasks. */
const DETAIL_ATTRIBUTES = ['result_size', 'context'] as const

/** What somebody looks at, as the query cache holds it. */
export interface Shown {
  readonly queryKey: QueryKey
  readonly data: unknown
}

/**
 * What the screen needs. A screen of runs alone is told of them and of nothing else; lists are told of with runs, and
 * where nothing is shown that changes, because the next screen shows one.
 */
export function followedBy(shown: readonly Shown[]): Followed {
  const keys = shown.map(({ queryKey }) => queryKey)
  const lists = keys.filter(isList)
  const named = [...lists.flatMap((key) => key[2].id), ...keys.filter(isOfExecution).map((key) => String(key[2]))]
  const executions = [...new Set(named.filter(isObjectId))]
    .filter((id) => !shown.some(({ data }) => isBelow(id, data)))
    .toSorted()
    .slice(0, MAX_EXECUTIONS)
  const showsRunsAlone = executions.length > 0 && lists.length === 0 && !keys.some(isOfCauses)
  const attributes = showsRunsAlone
    ? [...RUN_ATTRIBUTES, ...DETAIL_ATTRIBUTES]
    : attributesFor(lists.length === 0 ? [NO_FILTERS] : lists.map((key) => key[2]))
  const includeAttributes = attributes && [...new Set(attributes)].toSorted()
  return {
    lists: showsRunsAlone ? null : { topLevel: true, includeAttributes },
    runs: executions.length === 0 ? null : { executions, includeAttributes },
  }
}

/** What rows show and filters look at; undefined: everything, because a filter may look anywhere. */
function attributesFor(filters: readonly HistoryFilters[]): readonly string[] | undefined {
  if (filters.some(({ filter }) => filter !== '')) return undefined
  const searched = filters.some(({ q }) => q !== '') ? ['trigger_instance.payload'] : []
  const byRunner = filters.some(({ runner }) => runner.length > 0) ? ['runner.name'] : []
  return [...ROW_ATTRIBUTES, ...RUN_ATTRIBUTES, ...DETAIL_ATTRIBUTES, ...searched, ...byRunner]
}

function isList(key: QueryKey): key is ListKey {
  return startsWith(key, executionKeys.lists)
}

/** Of one execution: its details, its run, its workflow, its children. */
function isOfExecution(key: QueryKey): boolean {
  return startsWith(key, executionKeys.all) && !isList(key) && typeof key[2] === 'string'
}

/** What rules did: an execution that a rule asked for tells of it. */
function isOfCauses(key: QueryKey): boolean {
  return startsWith(key, ruleKeys.enforcements) || startsWith(key, triggerKeys.instances)
}

/** Whoever follows a run is told of what is below it. */
function isBelow(id: string, data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'byId' in data && data.byId instanceof Map && data.byId.has(id)
}

/** Addresses are typed by people. */
function isObjectId(id: string): boolean {
  return /^[0-9a-f]{24}$/i.test(id)
}

function startsWith(key: QueryKey, start: QueryKey): boolean {
  return start.every((part, at) => key[at] === part)
}
