/** The one place where stream events enter the query cache. */
import type { List } from '@st2/client'
import type { Execution } from '@st2/model'
import { hashKey, type InfiniteData, notifyManager } from '@tanstack/react-query'
import { create } from 'zustand'
import { currentEndpoints } from './client.ts'
import { config } from './config.ts'
import { applyToChildren, type ExecutionEvent, newerOf } from './execution-events.ts'
import { ruleKeys, triggerKeys } from './event-keys.ts'
import { executionKeys, type ListKey } from './execution-keys.ts'
import { applyToPage, type ExecutionPage, type ListContext, makesTotalUncertain } from './execution-page.ts'
import type { LiveTell } from './live-protocol.ts'
import { queryClient } from './query-client.ts'
import { expireSession, useSession } from './session.ts'
import { askStreams, onStreams } from './stream-line.ts'

export type LiveState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }

export const useLive = create<{ state: LiveState }>(() => ({ state: { kind: 'off' } }))

/** ms between requests while the stream does not tell what changes. */
export const POLL_MS = 10_000
/** ms until a list with an uncertain total is asked for again; more events meanwhile are answered by the same request. */
const RECOUNT_MS = 3000
/** ms until what rules did is asked for again, however many executions they asked for meanwhile. */
const CAUSES_MS = 1000
/** At least so many events are kept, for answers that were asked for before they happened. */
const MAX_RECENT = 1000

let lastKey = 0
let recent: { readonly sequence: number; readonly event: ExecutionEvent }[] = []
let sequence = 0
const recounts = new Map<string, ReturnType<typeof setTimeout>>()
let causesTimer: ReturnType<typeof setTimeout> | undefined
const deletedIds = new Set<string>()
const batchListeners = new Set<(events: readonly ExecutionEvent[]) => void>()

/** Follows the stream while somebody is signed in. */
export function startLive(): void {
  onStreams((message) => {
    if (message.kind === 'events' && message.key === lastKey) receive(message.told)
  })
  follow()
  useSession.subscribe((now, before) => {
    if (now.phase !== before.phase || now.token?.token !== before.token?.token) follow()
  })
  // A page that is kept to be shown again holds no stream meanwhile.
  addEventListener('pagehide', () => askStreams({ kind: 'leave' }))
  addEventListener('pageshow', (event) => {
    if (event.persisted) follow()
  })
}

/** ms between requests while the stream is silent for whatever reason, so that what is shown does not grow old. */
export function pollWhenNotLive(): number | false {
  if (useSession.getState().phase !== 'in') return false
  return useLive.getState().state.kind === 'live' ? false : POLL_MS
}

/** A point in time, to be given to `eventsSince` when an answer arrives. */
export function liveMark(): number {
  return sequence
}

export function eventsSince(mark: number): ExecutionEvent[] {
  return recent.filter((entry) => entry.sequence > mark).map((entry) => entry.event)
}

/** Whether the stream said that this execution was deleted while it was on the screen. */
export function wasDeleted(id: string): boolean {
  return deletedIds.has(id)
}

/** Events as they arrive together, after lists and details know them. */
export function onExecutionEvents(listener: (events: readonly ExecutionEvent[]) => void): void {
  batchListeners.add(listener)
}

function follow(): void {
  const { phase, token } = useSession.getState()
  if (phase !== 'in') {
    askStreams({ kind: 'stop-events' })
    return useLive.setState({ state: { kind: 'off' } })
  }
  useLive.setState({ state: { kind: 'connecting' } })
  askStreams({
    kind: 'follow-events',
    key: ++lastKey,
    ask: { endpoints: currentEndpoints(), token: token?.token ?? null, maxResultSize: config.maxResultSize },
  })
}

function receive(told: LiveTell): void {
  if (told.kind === 'events') applyAll(told.events)
  else if (told.kind === 'lost') useLive.setState({ state: { kind: 'lost', reason: told.reason } })
  else if (told.kind === 'refused') {
    if (told.status === 401) expireSession()
    useLive.setState({ state: { kind: 'refused', reason: told.reason } })
  } else {
    useLive.setState({ state: { kind: 'live' } })
    // What happened while nobody listened is not replayed.
    void queryClient.invalidateQueries({ queryKey: executionKeys.all })
    refreshCauses()
  }
}

/** However many events arrive together, the page is drawn once. */
function applyAll(events: readonly ExecutionEvent[]): void {
  notifyManager.batch(() => {
    for (const event of events) apply(event)
    for (const listener of batchListeners) listener(events)
  })
}

function apply(event: ExecutionEvent): void {
  recent.push({ sequence: ++sequence, event })
  if (recent.length > 2 * MAX_RECENT) recent = recent.slice(-MAX_RECENT)
  applyToOne(event)
  applyToLists(event)
  if (event.execution.parent) applyToParents(event, event.execution.parent)
  if (event.execution.rule !== undefined) refreshCauses()
}

/** The stream tells nothing of what rules did; an execution that a rule asked for does. */
function refreshCauses(): void {
  causesTimer ??= setTimeout(() => {
    causesTimer = undefined
    void queryClient.invalidateQueries({ queryKey: ruleKeys.enforcements })
    void queryClient.invalidateQueries({ queryKey: triggerKeys.instances })
  }, CAUSES_MS)
}

function applyToOne(event: ExecutionEvent): void {
  const key = executionKeys.one(event.execution.id)
  if (event.kind === 'delete') {
    // Many are collected as too old; what was looked at has something to say about it.
    if (queryClient.getQueryData(key) !== undefined) deletedIds.add(event.execution.id)
    return void queryClient.invalidateQueries({ queryKey: key })
  }
  queryClient.setQueryData<Execution>(key, (known) => known && newerOf(known, event.execution))
}

function applyToLists(event: ExecutionEvent): void {
  const lists = queryClient.getQueriesData<ExecutionPage>({ queryKey: executionKeys.lists })
  for (const [key, page] of lists) {
    if (page === undefined) continue
    const context = contextOf(key as unknown as ListKey)
    const after = applyToPage(page, event, context)
    if (after !== page) queryClient.setQueryData(key, after)
    if (makesTotalUncertain(page, event, context)) recount(key)
  }
}

function contextOf(key: ListKey): ListContext {
  return { filters: key[2], limit: key[3], nowMs: Date.now() }
}

function recount(key: readonly unknown[]): void {
  const name = hashKey(key)
  if (recounts.has(name)) return
  const timer = setTimeout(() => {
    recounts.delete(name)
    void queryClient.invalidateQueries({ queryKey: key, exact: true })
  }, RECOUNT_MS)
  recounts.set(name, timer)
}

function applyToParents(event: ExecutionEvent, parent: string): void {
  queryClient.setQueryData<InfiniteData<List<Execution>>>(executionKeys.children(parent), (data) => {
    if (data === undefined) return data
    const loaded = data.pages.reduce((sum, page) => sum + page.items.length, 0)
    const isComplete = loaded >= (data.pages.at(-1)?.total ?? loaded)
    return { ...data, pages: [...applyToChildren(data.pages, event, isComplete)] }
  })
}
