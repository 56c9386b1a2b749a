import type { ExecutionDocument } from '@st2/model'
import { INQUIRER_RUNNER, isCompleted } from '@st2/model'
import { raiseInquiries, type RaiseInquiriesDeps } from '../inquiries/raise-inquiries.ts'
import { pausedWorkflows, resumeStranded } from '../inquiries/resume-stranded.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

/** An inquiry began to wait, or ended; the message is the id of the workflow that asked, or null. */
const INQUIRY_NEWS = 'st2.inquiry.news'
/** Inquiries told of in one go. */
const BATCH = 100
/** ms for which a workflow is looked after whose inquiry ended: longer than an engine takes to learn of anything. */
const LOOK_AFTER_MS = 10_000

export interface InquiryDeskDeps extends RaiseInquiriesDeps {
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  readonly sweepIntervalMs: number
}

/** Tells the desk of what concerns it. What is lost is swept up. */
export function inquiryMoved(bus: Bus, { status, runner_name, parent }: ExecutionDocument): void {
  if (runner_name !== INQUIRER_RUNNER) return
  if (status === 'pending') bus.broadcast(INQUIRY_NEWS, null)
  else if (isCompleted(status) && parent !== undefined) bus.broadcast(INQUIRY_NEWS, parent)
}

/** Tells of new inquiries, where actions are run, and sees to it that no workflow stays paused for one that has ended. */
export function inquiryDesk(deps: InquiryDeskDeps): Service {
  return {
    name: 'actionrunner',
    async start() {
      const { clock, log, executions, sweepIntervalMs: sweepMs } = deps
      const lookedAfter = new Map<string, number>()
      let hasLookedAtAll = false
      const loop = new WakeableLoop({ name: 'inquiries', sweepMs, clock, log }, async () => {
        const raised = await raiseInquiries(deps, BATCH)
        if (!hasLookedAtAll) {
          for await (const id of pausedWorkflows(executions)) await resumeStranded(executions, [id])
          hasLookedAtAll = true
        }
        await resumeStranded(executions, [...lookedAfter.keys()])
        for (const [id, until] of lookedAfter) if (until < clock.monotonic()) lookedAfter.delete(id)
        return raised === BATCH ? 'more' : 'idle'
      })
      const news = await deps.bus.subscribe(INQUIRY_NEWS, (workflow) => {
        if (typeof workflow === 'string') lookedAfter.set(workflow, clock.monotonic() + LOOK_AFTER_MS)
        loop.wake()
      })
      loop.wake()
      return {
        async stop() {
          await news.stop()
          await loop.stop()
        },
      }
    },
  }
}
