import type { Trigger } from '@st2/model'
import type { TriggerDeps } from './trigger-deps.ts'

/** ms that making or removing a rule takes at most, from its trigger to itself. */
const SETTLE_MS = 500

/** Ref of a trigger → how many rules have it. */
type References = ReadonlyMap<string, number>

/**
 * Sets what the rules really refer to, after a server died between a rule and its trigger. A difference counts only when it
 * is still the same after a while: another process may be about to write the other half.
 */
export async function correctReferences(
  deps: Pick<TriggerDeps, 'triggers' | 'clock' | 'log'>,
  countReferences: () => Promise<References>,
): Promise<void> {
  const suspects = await differences(deps, countReferences)
  if (suspects.size === 0) return
  await new Promise<void>((resolve) => deps.clock.after(SETTLE_MS, resolve))
  for (const [id, { trigger, actual }] of await differences(deps, countReferences)) {
    const before = suspects.get(id)
    if (before?.trigger.rev !== trigger.rev || before.actual !== actual) continue
    if (actual === 0) await deps.triggers.removeUnchanged(trigger)
    else await deps.triggers.count(trigger, actual)
    deps.log.warn({ trigger: trigger.ref, counted: trigger.ref_count, actual }, 'references of a trigger corrected')
  }
}

interface Difference {
  readonly trigger: Trigger
  readonly actual: number
}

/** NOTE: a trigger that a user made has no references, and stays. One without parameters counts none. */
async function differences(
  deps: Pick<TriggerDeps, 'triggers'>,
  countReferences: () => Promise<References>,
): Promise<Map<string, Difference>> {
  const [triggers, references] = [await deps.triggers.list(), await countReferences()]
  const found = new Map<string, Difference>()
  for (const trigger of triggers) {
    const actual = references.get(trigger.ref) ?? 0
    if (trigger.ref_count === actual || Object.keys(trigger.parameters).length === 0) continue
    found.set(trigger.id, { trigger, actual })
  }
  return found
}
