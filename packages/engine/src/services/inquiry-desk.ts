import { raiseInquiries, type RaiseInquiriesDeps } from '../inquiries/raise-inquiries.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Service } from './service.ts'
import { WakeableLoop } from './wakeable-loop.ts'

/** An execution began to wait for people. */
export const WAKE_INQUIRY_DESK = 'st2.inquiry.raised'
/** Inquiries told of in one go. */
const BATCH = 100

export interface InquiryDeskDeps extends RaiseInquiriesDeps {
  readonly bus: Bus
  readonly clock: Clock
  readonly log: Log
  readonly sweepIntervalMs: number
}

/** Tells of new inquiries, where actions are run: upstream's runner does it. */
export function inquiryDesk(deps: InquiryDeskDeps): Service {
  return {
    name: 'actionrunner',
    async start() {
      const { clock, log, sweepIntervalMs: sweepMs } = deps
      const loop = new WakeableLoop({ name: 'inquiries', sweepMs, clock, log }, async () =>
        (await raiseInquiries(deps, BATCH)) === BATCH ? 'more' : 'idle',
      )
      const wakes = await deps.bus.subscribe(WAKE_INQUIRY_DESK, () => loop.wake())
      loop.wake()
      return {
        async stop() {
          await wakes.stop()
          await loop.stop()
        },
      }
    },
  }
}
