import { type SensorType, sensorTypes } from '@st2/model'
import { isObjectId, oneOf } from '../../content/content-filter.ts'
import {
  BY_PACK_AND_NAME,
  conditionsOf,
  findByRef,
  type Listing,
  type NameFilter,
  type Page,
} from '../../content/listing.ts'
import type { Bus, Subscription } from '../../ports/bus.ts'
import type { Store } from '../../ports/store.ts'
import { type DocumentEvent, DocumentEvents } from '../document-events.ts'

/** Sensors listed without a limit. */
const MAX_LISTED_SENSORS = 10_000

/** `trigger`: ref of one of its trigger types. */
type SensorTypeFilter = NameFilter & Readonly<{ enabled?: boolean | undefined; trigger?: string | undefined }>

/** Sensors of packs. There are few, and nobody asks often: nothing is cached. */
export class SensorTypeStore {
  readonly #store: Store
  readonly #events: DocumentEvents<SensorType>

  constructor(store: Store, bus: Bus) {
    this.#store = store
    this.#events = new DocumentEvents(bus, 'st2.sensor')
  }

  /** @param missed as of `DocumentEvents.listen` */
  onChange(handle: (event: DocumentEvent<SensorType>) => void, missed: () => void): Promise<Subscription> {
    return this.#events.listen(handle, missed)
  }

  findByRef(ref: string): Promise<SensorType | null> {
    return findByRef(this.#store, sensorTypes, ref)
  }

  async findByRefOrId(refOrId: string): Promise<SensorType | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(sensorTypes, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: Listing<SensorTypeFilter> = {}): Promise<Page<SensorType>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_SENSORS, offset = 0 } = query
    const { enabled, trigger, ...indexed } = filter
    const all = await this.#store.find(sensorTypes, { filter: conditionsOf(indexed), order, limit: MAX_LISTED_SENSORS })
    const fitting = all.filter(
      (sensor) =>
        (enabled === undefined || sensor.enabled === enabled) &&
        (trigger === undefined || sensor.trigger_types.includes(trigger)),
    )
    return { rows: fitting.slice(offset, offset + limit), total: fitting.length }
  }

  /** @throws ConflictError when the ref is taken */
  async create(sensor: SensorType): Promise<void> {
    await this.#store.insert(sensorTypes, sensor)
    this.#events.announce('create', sensor)
  }

  /** Inserts or replaces by id. @throws ConflictError when the ref belongs to another id */
  async save(sensor: SensorType): Promise<void> {
    await this.#store.put(sensorTypes, sensor)
    this.#events.announce('update', sensor)
  }

  async remove(sensor: SensorType): Promise<void> {
    await this.#store.remove(sensorTypes, oneOf('id', sensor.id), 1)
    this.#events.announce('delete', sensor)
  }
}
