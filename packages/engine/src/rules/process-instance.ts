import type { TriggerInstance } from '@st2/model'
import type { TriggerInstanceStore } from '../triggers/trigger-instance-store.ts'
import { type EnforceDeps, enforceRule, recordFailedMatch } from './enforce-rule.ts'
import { type MatchDeps, matchRules } from './match-rules.ts'

export interface ProcessDeps extends MatchDeps, EnforceDeps {
  readonly triggerInstances: TriggerInstanceStore
}

/**
 * How often an instance is taken up before it is set aside as `processing_failed`: it may be what brings the server down.
 * A start of the server counts as one, too.
 */
const MAX_DELIVERIES = 20

/** Rules enforced at the same time for one event. */
const ENFORCED_AT_ONCE = 50

/**
 * Matches a claimed trigger instance and enforces what matches. Done again after a crash anywhere it leaves the same rows:
 * everything is stored under ids made from the rule, its revision and the instance, and the instance is finished last.
 *
 * @throws UnavailableError the store does not answer: the instance is due again when its lease ends
 * @source services.md 2.1
 */
export async function processInstance(deps: ProcessDeps, instance: TriggerInstance): Promise<void> {
  if (deliveries(instance) > MAX_DELIVERIES) {
    deps.log.error(
      { trigger_instance: instance.id, deliveries: deliveries(instance) },
      'a trigger instance is set aside',
    )
    await deps.triggerInstances.finish(instance, 'processing_failed')
    return
  }
  const { matched, failed, isBroken } = await matchRules(deps, instance)
  await inTurns(failed, (failure) => recordFailedMatch(deps, failure, instance))
  const isRepeated = deliveries(instance) > 1
  await inTurns(matched, ({ rule }) => enforceRule(deps, rule, instance, isRepeated))
  await deps.triggerInstances.finish(instance, isBroken ? 'processing_failed' : 'processed')
}

/** An instance is stored with revision 0, and each claim adds one. */
function deliveries(instance: TriggerInstance): number {
  return instance.rev
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += ENFORCED_AT_ONCE) {
    await Promise.all(items.slice(from, from + ENFORCED_AT_ONCE).map(work))
  }
}
