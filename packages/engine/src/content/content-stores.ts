import type { Sealer } from '../datastore/encryption-key.ts'
import type { Bus, Subscription } from '../ports/bus.ts'
import type { Ids } from '../ports/ids.ts'
import type { Store } from '../ports/store.ts'
import { ActionStore } from './action-store.ts'
import { ContentChanges } from './content-changes.ts'
import { PackConfigStore } from './pack-config-store.ts'
import { PackFingerprintStore } from './pack-fingerprint-store.ts'
import { PackStore } from './pack-store.ts'
import { RunnerTypeStore } from './runner-type-store.ts'

/** The stores of registered content, which tell each other and other processes about changes. */
export interface ContentStores {
  readonly actions: ActionStore
  readonly runnerTypes: RunnerTypeStore
  readonly packs: PackStore
  readonly packConfigs: PackConfigStore
  readonly fingerprints: PackFingerprintStore
  /** For the stores of further kinds. */
  readonly changes: ContentChanges
  /** Stop it when closing. */
  readonly subscription: Subscription
}

export async function openContentStores(ports: {
  store: Store
  ids: Ids
  bus: Bus
  sealer: Sealer
}): Promise<ContentStores> {
  const { store, ids, bus, sealer } = ports
  const changes = new ContentChanges(bus)
  return {
    actions: new ActionStore(store, changes),
    runnerTypes: new RunnerTypeStore(store, changes, ids),
    packs: new PackStore(store),
    packConfigs: new PackConfigStore(store, changes, ids, sealer),
    fingerprints: new PackFingerprintStore(store),
    changes,
    subscription: await changes.listen(),
  }
}
