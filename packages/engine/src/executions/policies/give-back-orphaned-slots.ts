import type { ExecutionStore } from '../execution-store.ts'
import type { PolicySlotStore } from './slot-store.ts'

/** Gives back the slots of executions that are gone. Answers how many. */
export async function giveBackOrphanedSlots(
  slots: PolicySlotStore,
  executions: Pick<ExecutionStore, 'findByIds'>,
): Promise<number> {
  let count = 0
  for (let after = ''; ; ) {
    const page = await slots.page(after)
    const last = page.at(-1)
    if (last === undefined) return count
    const found = new Set((await executions.findByIds(page.map(({ execution }) => execution))).map(({ id }) => id))
    const orphaned = page.filter(({ execution }) => !found.has(execution))
    await Promise.all(orphaned.map((slot) => slots.giveBack(slot)))
    count += orphaned.length
    after = last.id
  }
}
