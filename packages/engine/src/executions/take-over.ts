import { CHAIN_RUNNER, type ExecutionDocument, type Incarnation, incarnations, isCompleted } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { RunnerHost } from '../ports/runner.ts'
import type { Store } from '../ports/store.ts'
import type { ExecutionStore } from './execution-store.ts'
import type { ResultStore } from './result-store.ts'

/** Executions taken over in one go; the rest follows at once. */
const BATCH = 200

export interface TakeOverDeps {
  readonly store: Store
  readonly executions: ExecutionStore
  readonly results: ResultStore
  readonly host: RunnerHost
  readonly clock: Clock
  readonly log: Log
  /** `[actionrunner] on_crash`: what becomes of an action whose server died while it ran. */
  readonly onCrash: 'abandon' | 'rerun'
}

/**
 * Ends what dead servers left unfinished. First their processes are killed, then their executions end: `abandoned`
 * (or run again, by setting), and `canceled` when a cancel was under way. What was only requested or scheduled needs
 * nothing: it is still due.
 *
 * @param dead incarnations that are known to be dead: embedded, all others, by the lock on the data folder
 * @returns how many executions were taken over
 */
export async function takeOver(deps: TakeOverDeps, dead: readonly Incarnation[]): Promise<number> {
  if (dead.length === 0) return 0
  await deps.host.reapLeftovers()
  let count = 0
  for (const incarnation of dead) {
    count += await takeOverClaims(deps, incarnation)
    await deps.store.put(incarnations, { ...incarnation, ended_at: deps.clock.now() })
  }
  return count
}

async function takeOverClaims(deps: TakeOverDeps, incarnation: Incarnation): Promise<number> {
  let count = 0
  for (;;) {
    const claims = await deps.executions.claimedBy(incarnation.id, BATCH)
    if (claims.length === 0) return count
    await Promise.all(claims.map((execution) => endOne(deps, incarnation, execution)))
    count += claims.length
  }
}

async function endOne(deps: TakeOverDeps, incarnation: Incarnation, execution: ExecutionDocument): Promise<void> {
  const result = await deps.results.keep({
    error:
      `The server process that ran this action (pid ${incarnation.pid} on ${incarnation.hostname}) ended before the ` +
      'action did. Its processes were killed. Whether the action had its effect is not known.',
    reason: 'server process ended',
  })
  await deps.executions.change(
    execution.id,
    (current) => {
      if (isCompleted(current.status) || current.claimed_by !== incarnation.id) return null
      // What it has started lives on: another process drives it.
      if (current.runner_name === CHAIN_RUNNER) return { claimed_by: undefined, due_at: deps.clock.now() }
      if (current.status === 'canceling') return { status: 'canceled' }
      if (deps.onCrash === 'rerun' && current.status === 'running') {
        return { status: 'scheduled', claimed_by: undefined, runner_info: undefined, due_at: deps.clock.now() }
      }
      return { ...result, status: 'abandoned' }
    },
    execution,
  )
  deps.log.warn({ execution_id: execution.id, incarnation: incarnation.id }, 'execution of a dead server taken over')
}
