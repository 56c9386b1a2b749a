import type { Trigger, TriggerInstance, TriggerInstanceView, TriggerView } from '@st2/model'

/** Without what only the server counts by. @source rest-schemas.md 13 */
export function triggerView(trigger: Trigger): TriggerView {
  const { rev: _rev, ref_count: _references, identity: _identity, ...view } = trigger
  return view
}

/** Without what the rules engine works by. @source rest-schemas.md 14 */
export function triggerInstanceView(instance: TriggerInstance): TriggerInstanceView {
  const { id, trigger, occurrence_time, payload, status } = instance
  return { trigger, occurrence_time, status, id, payload }
}
