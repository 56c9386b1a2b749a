import { takeOver, type TakeOverDeps } from '../executions/take-over.ts'
import type { Timer } from '../ports/clock.ts'
import { DeadWatch } from './dead-watch.ts'
import { HEARTBEAT_MS, type IncarnationKeeper } from './incarnation-keeper.ts'
import type { RunningService } from './service.ts'

export interface TakeOverWatchDeps extends TakeOverDeps {
  readonly keeper: IncarnationKeeper
  readonly identity: { readonly instance: string; readonly epoch: number }
  /** Nobody else has the store. */
  readonly isAlone: boolean
}

/** Takes over what dead processes left: at the start, and where others share the store, for as long as this process lives. */
export async function watchForTakeOver(deps: TakeOverWatchDeps): Promise<RunningService> {
  const watch = new DeadWatch(deps.identity, deps.isAlone)
  const look = async (): Promise<void> => {
    const dead = watch.deadAmong(await deps.keeper.others(), deps.clock.monotonic())
    const taken = await takeOver(deps, dead)
    if (taken > 0) deps.log.warn({ count: taken }, 'executions of a dead server were taken over')
  }
  await look()
  let timer: Timer | null = null
  let looking: Promise<void> = Promise.resolve()
  const lookLater = (): void => {
    timer = deps.clock.after(HEARTBEAT_MS, () => {
      looking = look()
        .catch((err: unknown) => deps.log.warn({ err }, 'other servers cannot be looked after now'))
        .finally(() => {
          if (timer !== null) lookLater()
        })
    })
  }
  if (!deps.isAlone) lookLater()
  return {
    async stop() {
      timer?.cancel()
      timer = null
      await looking
    },
  }
}
