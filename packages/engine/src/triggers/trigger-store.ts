import { type Trigger, triggers } from '@st2/model'
import { ContentCache } from '../content/content-cache.ts'
import { isObjectId, oneOf } from '../content/content-filter.ts'
import { BY_PACK_AND_NAME } from '../content/listing.ts'
import type { Bus, Subscription } from '../ports/bus.ts'
import type { Query, Store } from '../ports/store.ts'
import { DocumentEvents, type DocumentEvent } from './document-events.ts'
import { triggerIdentity } from './trigger-identity.ts'

/** Triggers kept in memory; when there are more, the cache starts anew. */
const CACHED_TRIGGERS = 20_000
/** Triggers listed without a limit. */
const MAX_LISTED_TRIGGERS = 100_000
/** A trigger that is being removed is found by nobody: its identity says so until the document is gone. */
const LEAVING = 'leaving:'

/** Triggers by ref, id and identity. What the find methods answer is shared and frozen. */
export class TriggerStore {
  readonly #store: Store
  readonly #events: DocumentEvents<Trigger>
  readonly #cache = new ContentCache<Trigger>(CACHED_TRIGGERS)

  constructor(store: Store, bus: Bus) {
    this.#store = store
    this.#events = new DocumentEvents(bus, 'st2.trigger')
  }

  /** Hears what other processes write. */
  listen(): Promise<Subscription> {
    return this.onChange(
      ({ document }) => this.#cache.forgetDocument(document.id),
      () => this.#cache.forget(),
    )
  }

  /** @param missed as of `DocumentEvents.listen` */
  onChange(handle: (event: DocumentEvent<Trigger>) => void, missed: () => void): Promise<Subscription> {
    return this.#events.listen(handle, missed)
  }

  findByRef(ref: string): Promise<Trigger | null> {
    return this.#cache.get(ref, () => this.#first({ filter: oneOf('ref', ref) }))
  }

  findById(id: string): Promise<Trigger | null> {
    return this.#cache.get(id, () => this.#store.get(triggers, id))
  }

  async findByRefOrId(refOrId: string): Promise<Trigger | null> {
    const byId = isObjectId(refOrId) ? await this.findById(refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  /** The trigger that rules with these parameters share. */
  findByParameters(type: string, parameters: Readonly<Record<string, unknown>>): Promise<Trigger | null> {
    const identity = triggerIdentity(type, parameters)
    return this.#cache.get(identity, () => this.#first({ filter: oneOf('identity', identity) }))
  }

  /** By pack and name, or in the given order. */
  async list(query: Query = {}): Promise<Trigger[]> {
    const found = await this.#store.find(triggers, { order: BY_PACK_AND_NAME, limit: MAX_LISTED_TRIGGERS, ...query })
    return found.filter((trigger) => !isLeaving(trigger))
  }

  ofTypes(types: readonly string[]): Promise<Trigger[]> {
    return this.list({ filter: oneOf('type', types) })
  }

  /** @throws ConflictError when ref or identity is taken */
  async create(trigger: Trigger): Promise<void> {
    await this.#store.insert(triggers, trigger)
    this.#announce('create', trigger)
  }

  /** Answers null when another writer was faster, or the trigger is gone. @throws ConflictError when ref or identity is taken */
  async replace(trigger: Trigger): Promise<Trigger | null> {
    const stored = await this.#store.replace(triggers, trigger)
    if (stored !== null) this.#announce('update', stored)
    else this.#cache.forgetDocument(trigger.id)
    return stored
  }

  /** Counts references without telling anybody: nobody else reads them. Null as for `replace`. */
  async count(trigger: Trigger, references: number): Promise<Trigger | null> {
    const stored = await this.#store.replace(triggers, { ...trigger, ref_count: references })
    this.#cache.forgetDocument(trigger.id)
    return stored
  }

  async remove(trigger: Trigger): Promise<void> {
    await this.#store.remove(triggers, oneOf('id', trigger.id), 1)
    this.#announce('delete', trigger)
  }

  /**
   * Removes the trigger if nobody has written it since it was read: in two steps, so that a rule that takes it up
   * meanwhile either keeps it or makes a new one. Answers whether it was removed.
   */
  async removeUnchanged(trigger: Trigger): Promise<boolean> {
    const leaving = await this.#store.replace(triggers, { ...trigger, ref_count: 0, identity: LEAVING + trigger.id })
    this.#cache.forgetDocument(trigger.id)
    if (leaving === null) return false
    await this.remove(trigger)
    return true
  }

  /** Removes what a dead server was about to remove. */
  async removeLeftovers(): Promise<number> {
    return this.#store.remove(triggers, [{ field: 'identity', op: 'prefix', value: LEAVING }], MAX_LISTED_TRIGGERS)
  }

  async #first(query: Query): Promise<Trigger | null> {
    const [trigger] = await this.#store.find(triggers, { ...query, limit: 1 })
    return trigger === undefined || isLeaving(trigger) ? null : trigger
  }

  #announce(kind: 'create' | 'update' | 'delete', trigger: Trigger): void {
    this.#cache.forgetDocument(trigger.id)
    this.#events.announce(kind, trigger)
  }
}

function isLeaving(trigger: Trigger): boolean {
  return trigger.identity.startsWith(LEAVING)
}
