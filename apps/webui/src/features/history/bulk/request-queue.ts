/**
 * Many requests, a few at a time. A request that fails is noted and the next one is sent; what holds all of them (nobody is
 * signed in any more, nobody answers) holds the queue until somebody lets it go on. Pure but for `send`.
 */

/** Requests under way at the same time: a browser has six connections to a server, and the page needs some of them. */
export const MAX_SENDING = 4

/** What became of a request. */
export type Outcome =
  /** `made`: what it brought into being. */
  | { readonly kind: 'done'; readonly made: string | null }
  | { readonly kind: 'failed'; readonly text: string }
  /** The server knows nobody by this token: it was not done, and is sent again when the queue goes on. */
  | { readonly kind: 'unauthorized' }
  /** It may or may not have been done: it is not sent again, and nothing else is before somebody says so. */
  | { readonly kind: 'unanswered'; readonly text: string }

export type Hold = 'unauthorized' | 'unanswered'

export interface Failure<Item> {
  readonly item: Item
  readonly text: string
}

export interface QueueState<Item> {
  readonly total: number
  readonly waiting: readonly Item[]
  readonly sending: readonly Item[]
  readonly done: readonly Item[]
  /** What the requests brought into being. */
  readonly made: readonly string[]
  readonly failures: readonly Failure<Item>[]
  readonly hold: Hold | null
  readonly isStopped: boolean
  /** Never sent, because it was stopped. */
  readonly unsent: readonly Item[]
}

export type QueuePhase = 'running' | 'held' | 'stopping' | 'over'

export class RequestQueue<Item> {
  state: QueueState<Item>
  private readonly send: (item: Item) => Promise<Outcome>
  private readonly tell: (state: QueueState<Item>) => void

  /** @param send settles for every item; what it throws counts as a failure */
  constructor(items: readonly Item[], send: (item: Item) => Promise<Outcome>, tell: (state: QueueState<Item>) => void) {
    this.state = queued(items)
    this.send = send
    this.tell = tell
  }

  /** Begins, or goes on where it was held. */
  go(): void {
    const { state, next } = taken({ ...this.state, hold: null })
    this.become(state)
    for (const item of next) void this.request(item)
  }

  /** What is under way is waited for; the rest is not sent. */
  stop(): void {
    this.become(stopped(this.state))
  }

  private async request(item: Item): Promise<void> {
    const outcome = await this.send(item).catch(failed)
    const { state, next } = taken(settled(this.state, item, outcome))
    this.become(state)
    for (const following of next) void this.request(following)
  }

  private become(state: QueueState<Item>): void {
    this.state = state
    this.tell(state)
  }
}

export function phaseOf({ waiting, sending, hold, isStopped }: QueueState<unknown>): QueuePhase {
  if (waiting.length === 0 && sending.length === 0) return 'over'
  if (isStopped) return 'stopping'
  return hold === null ? 'running' : 'held'
}

function queued<Item>(items: readonly Item[]): QueueState<Item> {
  return {
    total: items.length,
    waiting: items,
    sending: [],
    done: [],
    made: [],
    failures: [],
    hold: null,
    isStopped: false,
    unsent: [],
  }
}

/** What is sent next, as far as there is room. */
function taken<Item>(state: QueueState<Item>): { readonly state: QueueState<Item>; readonly next: readonly Item[] } {
  const room = state.hold === null ? MAX_SENDING - state.sending.length : 0
  const next = state.waiting.slice(0, Math.max(0, room))
  return {
    state: { ...state, waiting: state.waiting.slice(next.length), sending: [...state.sending, ...next] },
    next,
  }
}

function settled<Item>(before: QueueState<Item>, item: Item, outcome: Outcome): QueueState<Item> {
  const state = { ...before, sending: before.sending.filter((one) => one !== item) }
  switch (outcome.kind) {
    case 'done':
      return {
        ...state,
        done: [...state.done, item],
        made: outcome.made === null ? state.made : [...state.made, outcome.made],
      }
    case 'failed':
      return { ...state, failures: [...state.failures, { item, text: outcome.text }] }
    case 'unauthorized':
      return state.isStopped
        ? { ...state, unsent: [item, ...state.unsent] }
        : { ...state, waiting: [item, ...state.waiting], hold: 'unauthorized' }
    case 'unanswered':
      return { ...state, failures: [...state.failures, { item, text: outcome.text }], hold: 'unanswered' }
  }
}

function stopped<Item>(state: QueueState<Item>): QueueState<Item> {
  return { ...state, isStopped: true, waiting: [], unsent: [...state.unsent, ...state.waiting] }
}

function failed(error: unknown): Outcome {
  return { kind: 'failed', text: error instanceof Error ? error.message : String(error) }
}
