import { isAbsolute, join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type FromSchema, InvalidError, type SensorType, triggerTypeRequestSchema } from '@st2/model'
import { metadataValidator } from '../../content/metadata-validator.ts'
import type { FilePlace, Registrar } from '../../content/registrar.ts'
import { registerTriggerType, type RegisterTriggerTypeDeps } from '../register-trigger-type.ts'
import type { SensorTypeStore } from './sensor-type-store.ts'

export interface RegisterSensorDeps extends RegisterTriggerTypeDeps {
  readonly sensorTypes: SensorTypeStore
}

const { pack: _pack, ...triggerTypeProperties } = triggerTypeRequestSchema.properties

/** What is read of a sensor's file; other keys are ignored, as many packs carry some. @source packs-and-runners.md 1.7 */
const sensorMetadataSchema = {
  title: 'SensorMetadata',
  type: 'object',
  properties: {
    class_name: { type: 'string', required: true },
    pack: { type: 'string', required: true },
    entry_point: { type: 'string' },
    description: { type: ['string', 'null'] },
    enabled: { type: 'boolean', default: true },
    poll_interval: { type: ['number', 'null'] },
    trigger_types: {
      type: ['array', 'null'],
      items: { ...triggerTypeRequestSchema, properties: triggerTypeProperties },
    },
    metadata_file: { type: 'string', required: true },
  },
} as const

type SensorMetadata = FromSchema<typeof sensorMetadataSchema>

const validate = metadataValidator(sensorMetadataSchema)

/** s; what asks more often is refused. */
const SHORTEST_POLL_INTERVAL = 4

/** `sensors/*.yaml`: a sensor and its trigger types. */
export function sensorRegistrar(deps: RegisterSensorDeps): Registrar {
  return {
    kind: 'sensors',
    folder: 'sensors',
    nameKey: 'class_name',
    overridable: 'sensors',
    phase: 'definitions',
    async register(metadata, place) {
      const sensor = validate(metadata)
      const definition = sensorDefinition(sensor, place)
      for (const type of sensor.trigger_types ?? []) {
        await registerTriggerType(deps, { ...type, pack: sensor.pack, metadata_file: sensor.metadata_file })
      }
      await saveSensor(deps, definition)
    },
  }
}

function sensorDefinition(sensor: SensorMetadata, place: FilePlace): Omit<SensorType, 'id'> {
  const { class_name, pack, entry_point, description, enabled, trigger_types, metadata_file } = sensor
  if (entry_point === undefined || entry_point === '') throw new InvalidError('Sensor definition missing entry_point')
  const file = fileBelow(join(place.packPath, 'sensors'), entry_point)
  return {
    uid: `sensor_type:${pack}:${class_name}`,
    ref: `${pack}.${class_name}`,
    name: class_name,
    pack,
    ...(typeof description === 'string' ? { description } : {}),
    artifact_uri: `file://${file}`,
    entry_point: `sensors.${moduleOf(entry_point)}.${class_name}`,
    trigger_types: (trigger_types ?? []).map(({ name }) => `${pack}.${name}`),
    ...pollInterval(sensor),
    enabled: enabled ?? true,
    metadata_file,
  }
}

/** @throws InvalidError for a file outside of the folder */
function fileBelow(folder: string, entryPoint: string): string {
  const file = join(folder, entryPoint)
  const inside = relative(folder, file)
  if (isAbsolute(entryPoint) || inside.startsWith('..') || inside === '') {
    throw new InvalidError(`entry_point: "${entryPoint}" is not below the folder sensors/ of the pack`)
  }
  return file
}

function moduleOf(entryPoint: string): string {
  return entryPoint.replace(/\.py$/, '').replaceAll('/', '.')
}

function pollInterval({ poll_interval: seconds }: SensorMetadata): { poll_interval?: number } {
  if (seconds === undefined || seconds === null) return {}
  if (seconds < SHORTEST_POLL_INTERVAL) {
    throw new InvalidError(`Minimum possible poll_interval is ${SHORTEST_POLL_INTERVAL} seconds, not ${seconds}`)
  }
  return { poll_interval: Math.floor(seconds) }
}

async function saveSensor(deps: RegisterSensorDeps, definition: Omit<SensorType, 'id'>): Promise<void> {
  const known = await deps.sensorTypes.findByRef(definition.ref)
  if (known === null) return deps.sensorTypes.create({ id: deps.ids.next(), ...definition })
  const sensor: SensorType = { id: known.id, ...definition }
  if (!isDeepStrictEqual(known, sensor)) await deps.sensorTypes.save(sensor)
}
