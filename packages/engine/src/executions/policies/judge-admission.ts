import type { ExecutionDocument, PolicySlot } from '@st2/model'
import type { SlotTable } from './slot-table.ts'

export type Admission =
  /** To be scheduled, once the slots that it does not hold yet are taken. */
  | { readonly verdict: 'admit'; readonly execution: ExecutionDocument; readonly slots: readonly PolicySlot[] }
  /** To wait in the queue. */
  | { readonly verdict: 'wait'; readonly execution: ExecutionDocument; readonly queue: string }
  | { readonly verdict: 'cancel'; readonly execution: ExecutionDocument }
  /** Somebody has gone on with it since it was read. */
  | { readonly verdict: 'outdated'; readonly execution: ExecutionDocument }

/**
 * Whether an execution may be scheduled: every policy must have room for it, and nobody who asked earlier may wait for the
 * same room. Reserves the places it is given in the tables.
 *
 * @param tables one per policy of its action
 * @param isBehind whether somebody who was requested before it waits in the queue
 */
export function judgeAdmission(
  execution: ExecutionDocument,
  tables: readonly SlotTable[],
  isBehind: (table: SlotTable) => boolean,
): Admission {
  if (tables.some((table) => table.of(execution.id).some(({ ticket }) => ticket > execution.rev))) {
    return { verdict: 'outdated', execution }
  }
  const missing = tables.filter((table) => !holds(table, execution))
  const full = missing.filter((table) => table.free === 0)
  if (full.some(({ policy }) => policy.whenFull === 'cancel')) return { verdict: 'cancel', execution }
  const obstacle = full[0] ?? missing.find(isBehind)
  if (obstacle !== undefined) return { verdict: 'wait', execution, queue: obstacle.queue }
  const slots = missing.map((table) => table.reserve(execution)).filter((slot) => slot !== null)
  return { verdict: 'admit', execution, slots }
}

/**
 * A slot taken for what the execution was before does not count: whoever took it can no longer use it. Nor does one of a
 * higher threshold of before.
 */
function holds(table: SlotTable, execution: ExecutionDocument): boolean {
  return !table.isOver && table.of(execution.id).some((slot) => slot.ticket === execution.rev)
}
