import { NotFoundError, type SensorType } from '@st2/model'
import type { Principal } from '../../access/principal.ts'
import { refuseCorePack } from '../../content/system-packs.ts'
import type { TriggerDeps } from '../trigger-deps.ts'
import type { SensorTypeStore } from './sensor-type-store.ts'

/**
 * Starts or stops a sensor: the one thing about it that users change.
 *
 * @throws NotFoundError, InvalidError
 * @source rest-api.md 9.7
 */
export async function setSensorEnabled(
  deps: Pick<TriggerDeps, 'sensorTypes' | 'log'>,
  principal: Principal,
  refOrId: string,
  isEnabled: boolean,
): Promise<SensorType> {
  const known = await findSensorType(deps.sensorTypes, refOrId)
  refuseCorePack(known.pack)
  const sensor: SensorType = { ...known, enabled: isEnabled }
  await deps.sensorTypes.save(sensor)
  deps.log.info({ user: principal.user, sensor: sensor.ref, enabled: isEnabled }, 'sensor updated')
  return sensor
}

/** @throws NotFoundError */
export async function findSensorType(sensorTypes: SensorTypeStore, refOrId: string): Promise<SensorType> {
  const sensor = await sensorTypes.findByRefOrId(refOrId)
  if (sensor === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return sensor
}
