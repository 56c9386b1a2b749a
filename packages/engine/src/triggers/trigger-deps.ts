import type { Trigger } from '@st2/model'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Log } from '../ports/log.ts'
import type { SensorTypeStore } from './sensors/sensor-type-store.ts'
import type { TriggerInstanceStore } from './trigger-instance-store.ts'
import type { TriggerStore } from './trigger-store.ts'
import type { TriggerTypeStore } from './trigger-type-store.ts'
import type { WebhookTable } from './webhooks/webhook-table.ts'

/** Wakes the rules engine; the name is upstream's queue. */
export const WAKE_RULESENGINE = 'st2.trigger_instances_dispatch.rules_engine'

/** What the use cases around triggers work with. */
export interface TriggerDeps {
  readonly triggerTypes: TriggerTypeStore
  readonly triggers: TriggerStore
  readonly triggerInstances: TriggerInstanceStore
  readonly sensorTypes: SensorTypeStore
  readonly webhooks: WebhookTable
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly settings: {
    /** `[system] validate_trigger_parameters` */
    readonly validateTriggerParameters: boolean
    /** `[system] validate_trigger_payload` */
    readonly validateTriggerPayload: boolean
  }
  /** False only when it is certain that no enabled rule listens to the trigger now. */
  mayMatch(trigger: Trigger): boolean
  /** A hint: the sweep finds what is due anyway. */
  wakeRulesengine(): void
}
