import { ConflictError, InvalidError, type Trigger, type TriggerType } from '@st2/model'
import { isDeepStrictEqual } from 'node:util'
import type { TriggerDeps } from './trigger-deps.ts'
import { triggerIdentity, triggerUid } from './trigger-identity.ts'

/** A trigger type as packs, sensors and the platform itself define it. */
export interface TriggerTypeDefinition {
  readonly name: string
  readonly pack: string
  readonly description?: string | null | undefined
  readonly payload_schema?: Record<string, unknown> | undefined
  readonly parameters_schema?: Record<string, unknown> | undefined
  readonly tags?: TriggerType['tags'] | undefined
  readonly metadata_file?: string | undefined
}

export type RegisterTriggerTypeDeps = Pick<TriggerDeps, 'triggerTypes' | 'triggers' | 'ids'>

/**
 * Creates the trigger type or brings it up to date, keeping its id; a type without parameters gets its shadow trigger.
 * Nothing is written when nothing has changed.
 *
 * @throws InvalidError naming what is wrong
 * @source packs-and-runners.md 1.7, 1.8
 */
export async function registerTriggerType(
  deps: RegisterTriggerTypeDeps,
  definition: TriggerTypeDefinition,
): Promise<TriggerType> {
  for (;;) {
    const known = await deps.triggerTypes.findByRef(`${definition.pack}.${definition.name}`)
    const type = triggerTypeOf(definition, known?.id ?? deps.ids.next())
    try {
      if (known === null) await deps.triggerTypes.create(type)
      else if (!isDeepStrictEqual(plain(known), plain(type))) await deps.triggerTypes.save(type)
    } catch (error) {
      // Another process registered it meanwhile.
      if (error instanceof ConflictError && known === null) continue
      throw error
    }
    await ensureShadowTrigger(deps, type)
    return type
  }
}

/** @throws InvalidError */
export function triggerTypeOf(definition: TriggerTypeDefinition, id: string): TriggerType {
  const { name, pack, description, payload_schema = {}, parameters_schema = {}, tags = [], metadata_file } = definition
  if (name === '') throw new InvalidError('The name of a trigger type may not be empty')
  if (pack === '') throw new InvalidError('The pack of a trigger type may not be empty')
  return {
    id,
    uid: `trigger_type:${pack}:${name}`,
    ref: `${pack}.${name}`,
    name,
    pack,
    ...(typeof description === 'string' ? { description } : {}),
    payload_schema,
    parameters_schema,
    tags: [...tags],
    ...(metadata_file === undefined ? {} : { metadata_file }),
  }
}

/** The one trigger of a type without parameters: it has the type's name. */
export async function ensureShadowTrigger(deps: RegisterTriggerTypeDeps, type: TriggerType): Promise<void> {
  if (Object.keys(type.parameters_schema).length > 0) return
  if ((await deps.triggers.findByRef(type.ref)) !== null) return
  const trigger: Trigger = {
    id: deps.ids.next(),
    rev: 0,
    uid: triggerUid(type.pack, type.name, {}),
    ref: type.ref,
    name: type.name,
    pack: type.pack,
    type: type.ref,
    parameters: {},
    ref_count: 0,
    identity: triggerIdentity(type.ref, {}),
  }
  try {
    await deps.triggers.create(trigger)
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    // NOTE: a user's trigger without parameters may have the identity; the shadow then has one by its name.
    if ((await deps.triggers.findByRef(type.ref)) !== null) return
    await deps.triggers.create({ ...trigger, identity: namedIdentity(trigger.identity, trigger.ref) })
  }
}

/** The identity of a trigger that is not the first with its parameters: rules share the first. */
export function namedIdentity(identity: string, ref: string): string {
  return `${identity}:${ref}`
}

function plain(type: TriggerType): unknown {
  return JSON.parse(JSON.stringify(type))
}
