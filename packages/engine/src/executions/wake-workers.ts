import { type ExecutionDocument, isOrquestaRunner } from '@st2/model'
import type { Bus } from '../ports/bus.ts'
import type { Log } from '../ports/log.ts'
import { WAKE_ACTIONRUNNER } from './execution-events.ts'
import type { RequestDeps } from './request-execution.ts'

export interface WakeDeps {
  readonly requestDeps: Pick<RequestDeps, 'wakeScheduler'>
  readonly bus: Bus
  readonly log: Log
  /** A workflow below another can begin. */
  readonly wakeWorkflows: () => void
}

/** Wakes who is to work on executions that were just stored, `requested` or `scheduled`. */
export function wakeWorkers(deps: WakeDeps, stored: readonly ExecutionDocument[]): void {
  const ready = stored.filter(({ status }) => status === 'scheduled')
  const actions = ready.filter(({ runner_name }) => !isOrquestaRunner(runner_name)).length
  if (actions < ready.length) deps.wakeWorkflows()
  if (actions > 0) {
    // A hint: the sweep of the action runner finds what is due anyway.
    deps.bus.send(WAKE_ACTIONRUNNER, actions).catch((err: unknown) => {
      deps.log.warn({ err }, 'action runner could not be woken')
    })
  }
  for (const document of stored) if (document.status === 'requested') deps.requestDeps.wakeScheduler(document)
}
