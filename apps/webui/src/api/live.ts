/** The one place where stream events enter the query cache. */
import type { List, SocketSubscription } from '@st2/client'
import { type Execution, isCompleted } from '@st2/model'
import { hashKey, type InfiniteData, notifyManager, type QueryFilters } from '@tanstack/react-query'
import { create } from 'zustand'
import { currentEndpoints } from './client.ts'
import { catchUp } from './catch-up.ts'
import { applyToChildren, type ExecutionEvent, progressed } from './execution-events.ts'
import { ruleKeys, triggerKeys } from './event-keys.ts'
import { executionKeys, type ListKey } from './execution-keys.ts'
import { applyToPage, type ExecutionPage, type ListContext, makesTotalUncertain } from './execution-page.ts'
import { followedBy, type FollowedPart, NOTHING_FOLLOWED, type Shown } from './followed.ts'
import { queryClient } from './query-client.ts'
import { refreshSoon } from './refresh-soon.ts'
import { expireSession, useSession } from './session.ts'
import type { LiveTell } from './stream/live-protocol.ts'
import { askStreams, newStreamKey, onStreams } from './stream/stream-line.ts'

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
/** Events of the query cache after which something else may be looked at. */
const WHAT_IS_SHOWN_CHANGES: ReadonlySet<string> = new Set([
  'observerAdded',
  'observerRemoved',
  'observerOptionsUpdated',
])
/** At least so many events are kept, for answers that were asked for before they happened. */
const MAX_RECENT = 1000

/** A subscription of this page, and what the server has said to it. */
interface Follow {
  readonly key: number
  readonly subscription: SocketSubscription
  told: Exclude<LiveTell, { readonly kind: 'events' }> | null
}

const follows = new Map<FollowedPart, Follow>()
let recent: { readonly sequence: number; readonly event: ExecutionEvent }[] = []
let sequence = 0
let adjustTimer: ReturnType<typeof setTimeout> | undefined
const recounts = new Map<string, ReturnType<typeof setTimeout>>()
let causesTimer: ReturnType<typeof setTimeout> | undefined
const deletedIds = new Set<string>()
const batchListeners = new Set<(events: readonly ExecutionEvent[]) => void>()

/** Follows what the screen shows while somebody is signed in. */
export function startLive(): void {
  onStreams((message) => {
    if (message.kind !== 'events') return
    for (const [part, follow] of follows) if (follow.key === message.key) receive(part, follow, message.told)
  })
  enter()
  useSession.subscribe((now, before) => {
    if (now.phase !== before.phase || now.token?.token !== before.token?.token) enter()
  })
  queryClient.getQueryCache().subscribe(({ type }) => {
    // A screen that changes tells of many, one after the other.
    if (WHAT_IS_SHOWN_CHANGES.has(type)) adjustTimer ??= setTimeout(adjust)
  })
  // A page that is kept to be shown again holds no stream meanwhile.
  addEventListener('pagehide', () => {
    askStreams({ kind: 'leave' })
    follows.clear()
  })
  addEventListener('pageshow', (event) => {
    if (event.persisted) enter()
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

/** Anew, with the token of now. */
function enter(): void {
  const isSignedIn = useSession.getState().phase === 'in'
  useLive.setState({ state: { kind: isSignedIn ? 'connecting' : 'off' } })
  const before = [...follows.values()]
  follows.clear()
  adjust()
  // What was refused to one may be told to another.
  if (isSignedIn) void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
  for (const { key } of before) askStreams({ kind: 'stop', key })
}

function adjust(): void {
  clearTimeout(adjustTimer)
  adjustTimer = undefined
  const wanted = useSession.getState().phase === 'in' ? followedBy(shown()) : NOTHING_FOLLOWED
  for (const part of ['lists', 'runs'] as const) {
    const before = follows.get(part)
    const subscription = wanted[part]
    if (hashKey([before?.subscription ?? null]) === hashKey([subscription])) continue
    follows.delete(part)
    // What is followed instead is asked for first: the connection stays.
    if (subscription !== null) follow(part, subscription)
    if (before !== undefined) askStreams({ kind: 'stop', key: before.key })
  }
}

function shown(): Shown[] {
  const active = queryClient.getQueryCache().findAll({ type: 'active' })
  return active.map(({ queryKey, state }) => ({ queryKey, data: state.data }))
}

function follow(part: FollowedPart, subscription: SocketSubscription): void {
  const key = newStreamKey()
  follows.set(part, { key, subscription, told: null })
  const token = useSession.getState().token?.token ?? null
  askStreams({ kind: 'follow-events', key, ask: { endpoints: currentEndpoints(), token, subscription } })
}

function receive(part: FollowedPart, follow: Follow, told: LiveTell): void {
  if (told.kind === 'events') return applyAll(told.events)
  follow.told = told
  if (told.kind === 'subscribed') {
    for (const id of told.missing) if (queryClient.getQueryData(executionKeys.one(id)) !== undefined) applyDeletion(id)
    void catchUp(queryClient, behind(part))
  }
  if (told.kind === 'refused' && told.status === 401) expireSession()
  useLive.setState({ state: stateOf([...follows.values()]) })
}

/** What happened while nobody listened is not replayed. */
function behind(part: FollowedPart): QueryFilters[] {
  if (part === 'lists')
    return [executionKeys.lists, executionKeys.allStatistics, ruleKeys.enforcements, triggerKeys.instances].map(
      (queryKey) => ({ queryKey }),
    )
  // Keys with more parts are of lists, or of what has passed.
  return [{ queryKey: executionKeys.all, predicate: ({ queryKey }) => queryKey.length === 3 }]
}

/** What is asked anew keeps the page's state until the server has answered. */
function stateOf(all: readonly Follow[]): LiveState {
  const told = all.flatMap((follow) => follow.told ?? [])
  const problem = told.find(({ kind }) => kind !== 'subscribed')
  if (problem !== undefined && problem.kind !== 'subscribed') return { kind: problem.kind, reason: problem.reason }
  return told.length === 0 ? useLive.getState().state : { kind: 'live' }
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
  const { id, status } = event.execution
  if (event.kind === 'delete') return applyDeletion(id)
  const key = executionKeys.one(id)
  queryClient.setQueryData<Execution>(key, (known) => known && progressed(known, event))
  // An event tells a part of it; its result is awaited.
  void queryClient.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' })
  refreshSoon(queryClient, key, isCompleted(status) ? 0 : undefined)
}

function applyDeletion(id: string): void {
  const key = executionKeys.one(id)
  // Many are collected as too old; what was looked at has something to say about it.
  if (queryClient.getQueryData(key) !== undefined) deletedIds.add(id)
  void queryClient.invalidateQueries({ queryKey: key })
}

function applyToLists(event: ExecutionEvent): void {
  // Where runs alone are followed, events tell less than rows show; lists that are shown again are asked for.
  if (!follows.has('lists')) return
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
