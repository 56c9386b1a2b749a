import type { Bus, Subscription } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { SensorTypeStore } from './sensors/sensor-type-store.ts'
import type { TriggerDeps } from './trigger-deps.ts'
import { TriggerInstanceStore } from './trigger-instance-store.ts'
import { TriggerStore } from './trigger-store.ts'
import { TriggerTypeStore } from './trigger-type-store.ts'
import { WebhookTable } from './webhooks/webhook-table.ts'

type Stores = Pick<TriggerDeps, 'triggerTypes' | 'triggers' | 'triggerInstances' | 'sensorTypes' | 'webhooks'>

/** The stores of triggers, hearing what other processes write. */
export async function openTriggerStores(ports: { store: Store; bus: Bus; clock: Clock }): Promise<Stores> {
  const { store, bus, clock } = ports
  const triggerTypes = new TriggerTypeStore(store, bus)
  const triggers = new TriggerStore(store, bus)
  const webhooks = new WebhookTable(triggers, clock)
  const listeners: readonly Promise<Subscription>[] = [triggerTypes.listen(), triggers.listen(), webhooks.listen()]
  await Promise.all(listeners)
  await triggers.removeLeftovers()
  return {
    triggerTypes,
    triggers,
    triggerInstances: new TriggerInstanceStore(store, clock),
    sensorTypes: new SensorTypeStore(store, bus),
    webhooks,
  }
}
