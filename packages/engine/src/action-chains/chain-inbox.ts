import { CHAIN_RUNNER, type ExecutionDocument } from '@st2/model'
import type { Bus } from '../ports/bus.ts'

/** Tells those who drive chains that an execution has changed. */
export const CHAIN_NEWS = 'st2.action_chain.news'

export interface ChainNews {
  readonly id: string
  readonly parent?: string | undefined
}

/** How chains hear what becomes of executions: in this process at once, in others by a message. What is lost is swept up. */
export class ChainInbox {
  readonly #bus: Bus
  #take: ((news: ChainNews) => boolean) | null = null

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** @param take answers whether the execution concerns a chain of this process */
  open(take: (news: ChainNews) => boolean): void {
    this.#take = take
  }

  close(): void {
    this.#take = null
  }

  put({ id, parent, runner_name, context }: ExecutionDocument): void {
    const isOfChain = parent !== undefined && context['chain'] !== undefined
    if (!isOfChain && runner_name !== CHAIN_RUNNER) return
    const news = { id, parent }
    if (this.#take?.(news) === true) return
    this.#bus.broadcast(CHAIN_NEWS, news)
  }
}
