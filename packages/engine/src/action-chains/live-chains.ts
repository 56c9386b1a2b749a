import type { ExecutionDocument } from '@st2/model'
import { MissedChanges } from '../executions/missed-changes.ts'
import { runnerInfo } from '../executions/run-execution.ts'
import { ChainClaims } from './chain-claims.ts'
import { LiveChain, type LiveChainDeps } from './live-chain.ts'

export interface LiveChainsDeps extends Omit<LiveChainDeps, 'closed'> {
  /** `<instance>:<epoch>` of this process: claims name it. */
  readonly owner: string
}

/** Chains begun, or taken over, in one go. */
const BATCH = 100
/** Chains that keep what they know in memory; the others read it again when something happens. */
const MAX_LOADED = 500
/** Chains of this process that are read when it looks for lost claims. */
const MAX_CLAIMS = 1000

/** The chains that this process drives. */
export class LiveChains {
  readonly #deps: LiveChainsDeps
  readonly #live = new Map<string, LiveChain>()
  readonly #claims: ChainClaims
  readonly #missed: MissedChanges

  constructor(deps: LiveChainsDeps) {
    this.#deps = deps
    this.#claims = new ChainClaims(deps)
    this.#missed = new MissedChanges(deps.executions)
  }

  /** Takes chains that are scheduled, and those whose process is gone. */
  async takeSome(): Promise<'more' | 'idle'> {
    const begun = await this.#claims.takeScheduled(BATCH, runnerInfo())
    const left = await this.#claims.takeLeft(BATCH)
    for (const { id } of [...begun, ...left]) this.#add(id).look()
    return begun.length === BATCH || left.length === BATCH ? 'more' : 'idle'
  }

  #add(id: string): LiveChain {
    const known = this.#live.get(id)
    if (known !== undefined) return known
    const chain = new LiveChain({ ...this.#deps, closed: () => this.#live.delete(id) }, id)
    this.#live.set(id, chain)
    return chain
  }

  /** Whether the execution concerns one of them. */
  hear({ id, parent }: Pick<ExecutionDocument, 'id' | 'parent'>): boolean {
    const own = this.#live.get(id)
    const above = this.#live.get(parent ?? '')
    own?.look()
    above?.look()
    return own !== undefined || above !== undefined
  }

  /** Looks up what nobody told of, a part of it each time when there is much; lets memory go. */
  async sweep(): Promise<void> {
    await this.#claimAgain()
    const watched = [...this.#live.values()].flatMap((chain) => chain.watched)
    for (const execution of await this.#missed.among(watched)) this.hear(execution)
    for (const chain of [...this.#live.values()].slice(MAX_LOADED)) chain.unload()
  }

  /** A claim whose answer was lost on the way is this process's and nobody knows of it. */
  async #claimAgain(): Promise<void> {
    for (const { id } of await this.#claims.held(MAX_CLAIMS)) {
      if (!this.#live.has(id)) this.#add(id).look()
    }
  }

  /** What is under way ends; the rest waits for the next process. */
  async stop(): Promise<void> {
    await Promise.all([...this.#live.values()].map((chain) => chain.stop()))
    this.#live.clear()
    await this.#claims.release()
  }
}
