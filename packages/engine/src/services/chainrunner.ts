import { CHAIN_NEWS, type ChainInbox, type ChainNews } from '../action-chains/chain-inbox.ts'
import { LiveChains, type LiveChainsDeps } from '../action-chains/live-chains.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

export interface ChainrunnerDeps extends LiveChainsDeps {
  readonly inbox: ChainInbox
  readonly sweepIntervalMs: number
}

export interface Chainrunner extends Service {
  /** Something may have become due. */
  wake(): void
}

/**
 * Drives action chains where actions are run, as upstream does. They hold no slot of the action runner.
 * @source packs-and-runners.md 6
 */
export function chainrunner(deps: ChainrunnerDeps): Chainrunner {
  let loop: WakeableLoop | null = null
  return {
    name: 'actionrunner',
    wake: () => loop?.wake(),
    async start() {
      const { clock, log, bus, inbox, sweepIntervalMs: sweepMs } = deps
      const live = new LiveChains(deps)
      let sweptAt = Number.NEGATIVE_INFINITY
      const rounds = new WakeableLoop({ name: 'action chains', sweepMs, clock, log }, async () => {
        const taken = await live.takeSome()
        if (clock.monotonic() - sweptAt < sweepMs) return taken
        sweptAt = clock.monotonic()
        await live.sweep()
        return taken
      })
      loop = rounds
      inbox.open((news) => live.hear(news))
      // A message of another process: what it holds was put there by its inbox.
      const news = await bus.subscribe(CHAIN_NEWS, (message) => void live.hear(message as ChainNews))
      rounds.wake()
      return {
        async stop() {
          inbox.close()
          loop = null
          await Promise.all([news.stop(), rounds.stop()])
          await live.stop()
        },
      }
    },
  }
}
