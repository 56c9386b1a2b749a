import { type KeyValuePair, MASK } from '@st2/model'
import { splitUserName } from '../datastore/key-scopes.ts'
import type { KeyChange } from '../datastore/key-values.ts'
import { type DispatchDeps, dispatchTriggers, type TriggerEvent } from './dispatch-trigger.ts'
import {
  FILE_WRITTEN_TRIGGER,
  KEY_CREATE_TRIGGER,
  KEY_DELETE_TRIGGER,
  KEY_UPDATE_TRIGGER,
  KEY_VALUE_CHANGE_TRIGGER,
} from './internal-trigger-types.ts'

/** Lets rules know what became of a datastore item. @source services.md 3.5 */
export async function emitKeyChange(deps: DispatchDeps, change: KeyChange): Promise<void> {
  await dispatchTriggers(deps, keyEvents(change))
}

/** Lets rules know that files of an action were written. @source services.md 3.5 */
export async function emitFilesWritten(
  deps: DispatchDeps,
  hostname: string,
  ref: string,
  paths: readonly string[],
): Promise<void> {
  const host_info = { hostname }
  await dispatchTriggers(
    deps,
    paths.map((file_path) => ({ trigger: FILE_WRITTEN_TRIGGER, payload: { ref, file_path, host_info } })),
  )
}

function keyEvents({ before, after, isOtherValue }: KeyChange): TriggerEvent[] {
  if (after === null)
    return before === null ? [] : [{ trigger: KEY_DELETE_TRIGGER, payload: { object: shown(before) } }]
  const object = shown(after)
  if (before === null) return [{ trigger: KEY_CREATE_TRIGGER, payload: { object } }]
  const update: TriggerEvent = { trigger: KEY_UPDATE_TRIGGER, payload: { object } }
  if (!isOtherValue) return [update]
  return [update, { trigger: KEY_VALUE_CHANGE_TRIGGER, payload: { old_object: shown(before), new_object: object } }]
}

/** As the API shows an item, its value masked when it is secret. */
function shown(item: KeyValuePair): Record<string, unknown> {
  const { id, uid, scope, secret, description, expire_timestamp } = item
  const owned = scope === 'st2kv.user' ? splitUserName(item.name) : { name: item.name }
  return {
    id,
    uid,
    scope,
    ...owned,
    value: secret ? MASK : item.value,
    secret,
    encrypted: secret,
    ...(description === undefined ? {} : { description }),
    ...(expire_timestamp === undefined ? {} : { expire_timestamp }),
  }
}
