import { isDeepStrictEqual } from 'node:util'
import type { SensorType } from '@st2/model'
import type { Coordinator, Membership } from '../ports/coordinator.ts'
import { aborted } from '../ports/wait.ts'
import type { DocumentEvent } from '../triggers/document-events.ts'
import { type PartitionSettings, type SensorPartition, sensorPartition } from '../triggers/sensors/sensor-partition.ts'
import type { SensorRunDeps } from '../triggers/sensors/sensor-run.ts'
import type { SensorTypeStore } from '../triggers/sensors/sensor-type-store.ts'
import { superviseSensor } from '../triggers/sensors/supervise-sensor.ts'
import type { RunningService, Service } from './service.ts'

export interface SensorcontainerDeps extends SensorRunDeps {
  readonly sensorTypes: SensorTypeStore
  readonly coordinator: Coordinator
  readonly partition: PartitionSettings
  /** `[sensorcontainer] sensor_ref`: that sensor and no other, even a disabled one, whatever changes; null: all that are owned. */
  readonly onlyRef: string | null
  /** `[sensorcontainer] single_sensor_mode`: a sensor that ended is not started again. */
  readonly isSingleMode: boolean
}

/**
 * Runs sensors, each in a process of its own. Of several containers that own a sensor one runs it, and another takes it
 * over. Sensors that are enabled, disabled, changed or removed take effect at once. @source services.md 4
 */
export function sensorcontainer(deps: SensorcontainerDeps): Service {
  return {
    name: 'sensorcontainer',
    async start() {
      const partition = await tryPartition(deps)
      const container = new Container(deps, partition ?? (() => false))
      return partition === null ? { stop: () => Promise.resolve() } : container.open()
    },
  }
}

/** Null: nobody knows which sensors are ours. That stops no other service. */
async function tryPartition(deps: SensorcontainerDeps): Promise<SensorPartition | null> {
  if (deps.onlyRef !== null) return (ref) => ref === deps.onlyRef
  if (deps.isSingleMode) {
    deps.log.error({}, 'no sensor runs: [sensorcontainer] single_sensor_mode needs sensor_ref')
    return null
  }
  try {
    return await sensorPartition(deps.partition)
  } catch (err) {
    deps.log.error({ err }, 'no sensor runs: it is not known which are to')
    return null
  }
}

class Container {
  readonly #deps: SensorcontainerDeps
  readonly #owns: SensorPartition
  readonly #running = new Map<string, { readonly sensor: SensorType; readonly membership: Membership }>()
  /** What is under way for a sensor: changes of one take turns. */
  readonly #turns = new Map<string, Promise<void>>()
  readonly #heard = new Set<string>()
  #isStopped = false

  constructor(deps: SensorcontainerDeps, owns: SensorPartition) {
    this.#deps = deps
    this.#owns = owns
  }

  async open(): Promise<RunningService> {
    const { onlyRef, sensorTypes } = this.#deps
    const changes =
      onlyRef === null
        ? await sensorTypes.onChange(
            (event) => this.#hear(event),
            () => this.#lookAgain(),
          )
        : null
    const rows = await this.#readAll()
    if (onlyRef !== null && !rows.some(({ ref }) => ref === onlyRef)) {
      this.#deps.log.error({ sensor: onlyRef }, 'no sensor runs: there is none of that name')
    }
    return {
      stop: async () => {
        this.#isStopped = true
        await changes?.stop()
        await Promise.all(this.#turns.values())
        await Promise.all([...this.#running.keys()].map((id) => this.#end(id)))
      },
    }
  }

  /** Begins what runs not yet, ends what is gone. Who changed meanwhile was heard of, and is newer than what was read. */
  async #readAll(): Promise<readonly SensorType[]> {
    this.#heard.clear()
    const { rows } = await this.#deps.sensorTypes.list()
    const present = new Set(rows.map(({ id }) => id))
    for (const sensor of rows) if (!this.#heard.has(sensor.id)) this.#inTurn(sensor.id, () => this.#follow(sensor))
    for (const id of this.#running.keys()) {
      if (!present.has(id) && !this.#heard.has(id)) this.#inTurn(id, () => this.#end(id))
    }
    return rows
  }

  #lookAgain(): void {
    this.#readAll().catch((err: unknown) => this.#deps.log.error({ err }, 'sensors could not be read again'))
  }

  async #follow(sensor: SensorType): Promise<void> {
    const known = this.#running.get(sensor.id)
    if (known !== undefined && isDeepStrictEqual(known.sensor, sensor)) return
    await this.#end(sensor.id)
    await this.#begin(sensor)
  }

  #hear({ kind, document }: DocumentEvent<SensorType>): void {
    this.#heard.add(document.id)
    this.#inTurn(document.id, async () => {
      await this.#end(document.id)
      if (kind !== 'delete') await this.#begin(document)
    })
  }

  #inTurn(id: string, change: () => Promise<void>): void {
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(change).catch((err: unknown) => {
      this.#deps.log.error({ err, sensor: id }, 'a change of a sensor could not be followed')
    })
    this.#turns.set(id, turn)
  }

  async #begin(sensor: SensorType): Promise<void> {
    const isWanted = this.#owns(sensor.ref) && (sensor.enabled || this.#deps.onlyRef !== null)
    if (!isWanted || this.#isStopped) return
    const mode = this.#deps.isSingleMode ? 'single' : 'respawn'
    const membership = await this.#deps.coordinator.elect(`sensor ${sensor.ref}`, async (signal) => {
      await superviseSensor(this.#deps, sensor, signal, { mode })
      // One that ended for good is not begun again until something about it changes.
      await aborted(signal)
    })
    this.#running.set(sensor.id, { sensor, membership })
  }

  async #end(id: string): Promise<void> {
    const running = this.#running.get(id)
    this.#running.delete(id)
    await running?.membership.leave()
  }
}
