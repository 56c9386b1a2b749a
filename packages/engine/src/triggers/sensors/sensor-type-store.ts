import { type SensorType, sensorTypes } from '@st2/model'
import type { Page } from '../../content/action-store.ts'
import { isObjectId, oneOf } from '../../content/content-filter.ts'
import type { Bus, Subscription } from '../../ports/bus.ts'
import type { Order, Store } from '../../ports/store.ts'
import { type DocumentEvent, DocumentEvents } from '../document-events.ts'

/** Sensors listed without a limit. */
const MAX_LISTED_SENSORS = 10_000

const BY_PACK_AND_NAME: readonly Order[] = [
  { field: 'pack', direction: 'asc' },
  { field: 'name', direction: 'asc' },
]

export interface SensorTypeFilter {
  readonly id?: string | readonly string[] | undefined
  readonly ref?: string | readonly string[] | undefined
  readonly name?: string | readonly string[] | undefined
  readonly pack?: string | readonly string[] | undefined
  readonly enabled?: boolean | undefined
  /** Ref of one of its trigger types. */
  readonly trigger?: string | undefined
}

export interface SensorTypeQuery {
  readonly filter?: SensorTypeFilter
  /** Default: pack, then name. */
  readonly order?: readonly Order[]
  readonly limit?: number | undefined
  readonly offset?: number | undefined
}

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

  async findByRef(ref: string): Promise<SensorType | null> {
    const [sensor] = await this.#store.find(sensorTypes, { filter: oneOf('ref', ref), limit: 1 })
    return sensor ?? null
  }

  async findByRefOrId(refOrId: string): Promise<SensorType | null> {
    const byId = isObjectId(refOrId) ? await this.#store.get(sensorTypes, refOrId) : null
    return byId ?? this.findByRef(refOrId)
  }

  async list(query: SensorTypeQuery = {}): Promise<Page<SensorType>> {
    const { filter = {}, order = BY_PACK_AND_NAME, limit = MAX_LISTED_SENSORS, offset = 0 } = query
    const { enabled, trigger, ...indexed } = filter
    const conditions = Object.entries(indexed).flatMap(([field, value]) => oneOf(field, value))
    const all = await this.#store.find(sensorTypes, { filter: conditions, order, limit: MAX_LISTED_SENSORS })
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
