import type { SensorType, TriggerType, TriggerView } from '@st2/model'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'

export interface TypeRow {
  readonly type: TriggerType
  /** Triggers of the type, except the one that stands for the type itself. */
  readonly triggers: readonly TriggerView[]
  readonly sensors: readonly SensorType[]
}

export interface TypeGroup {
  readonly pack: string
  readonly rows: readonly TypeRow[]
}

/** Trigger types by pack with what belongs to them; every word of the search occurs somewhere in it. Pure. */
export function groupTypes(
  types: readonly TriggerType[],
  triggers: readonly TriggerView[],
  sensors: readonly SensorType[],
  search: string,
): TypeGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, TypeRow[]>()
  for (const type of types.toSorted((a, b) => a.ref.localeCompare(b.ref))) {
    const row = typeRow(type, triggers, sensors)
    const text = textOf(row).toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    groups.set(type.pack, [...(groups.get(type.pack) ?? []), row])
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([pack, rows]) => ({ pack, rows }))
}

/** A type with what belongs to it. */
export function typeRow(type: TriggerType, triggers: readonly TriggerView[], sensors: readonly SensorType[]): TypeRow {
  return {
    type,
    triggers: triggers.filter((trigger) => trigger.type === type.ref && trigger.ref !== type.ref),
    sensors: sensors.filter(({ trigger_types: emitted }) => emitted.includes(type.ref)),
  }
}

function textOf({ type, triggers, sensors }: TypeRow): string {
  return [
    type.ref,
    type.description ?? '',
    ...triggers.map((trigger) => describeTrigger(trigger.type, trigger.parameters).text),
    ...sensors.map(({ ref }) => ref),
  ].join(' ')
}
