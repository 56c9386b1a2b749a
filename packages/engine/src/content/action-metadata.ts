import {
  type Action,
  type ActionMetadata,
  actionMetadataSchema,
  InvalidError,
  type ParameterSchema,
  type ParameterSchemas,
  type RunnerType,
} from '@st2/model'
import {
  allowNull,
  applyDefaults,
  bestMatch,
  checkParameterDefinitions,
  InvalidSchemaError,
  ParameterDefinitionError,
  type Path,
  validate,
} from '@st2/schema'

/** An action as it is to be stored, all but its id. */
export type ActionDefinition = Omit<Action, 'id'>

/** What is wrong with an action, in upstream's words, and where in its metadata. */
export class ActionMetadataError extends InvalidError {
  readonly path: Path
  constructor(message: string, path: Path, options?: ErrorOptions) {
    super(message, options)
    this.path = path
  }
}

export type FindRunnerType = (name: string) => Promise<RunnerType | null>

/**
 * Checks an action's metadata, from a file or from the API, and makes of it what is stored.
 *
 * @param content as written; `pack` must be filled in
 * @throws ActionMetadataError
 * @source packs-and-runners.md 1.6
 */
export async function actionDefinition(
  content: Readonly<Record<string, unknown>>,
  findRunnerType: FindRunnerType,
): Promise<ActionDefinition> {
  const metadata = checkedMetadata(content)
  const runnerType = await findRunnerType(metadata.runner_type)
  if (runnerType === null) throw unknownRunnerType(metadata.runner_type)
  const pack = metadata.pack ?? 'default'
  const ref = `${pack}.${metadata.name}`
  const parameters = checkedParameters(metadata.parameters ?? {}, ['parameters'])
  checkAgainstRunner(ref, parameters, runnerType.runner_parameters)
  checkPositions(parameters)
  checkImmutable(parameters, runnerType.runner_parameters)
  return {
    ref,
    uid: `action:${pack}:${metadata.name}`,
    name: metadata.name,
    pack,
    ...(metadata.description === undefined || metadata.description === null
      ? {}
      : { description: metadata.description }),
    enabled: metadata.enabled ?? true,
    runner_type: runnerType.name,
    entry_point: metadata.entry_point ?? '',
    parameters,
    output_schema: metadata.output_schema ?? {},
    tags: (metadata.tags ?? []).map(({ name, value }) => ({ name: name ?? '', value: value ?? '' })),
    notify: storedNotify(metadata.notify ?? {}),
    metadata_file: metadata.metadata_file ?? '',
  }
}

type Nullable<T> = { [K in keyof T]: T[K] | null }

/** Optional keys may be null in a file; the required two are there. */
type WrittenMetadata = Nullable<Omit<ActionMetadata, 'name' | 'runner_type'>> &
  Pick<ActionMetadata, 'name' | 'runner_type'>

function checkedMetadata(content: Readonly<Record<string, unknown>>): WrittenMetadata {
  const filled = applyDefaults(actionMetadataSchema, content)
  const failure = bestMatch(validate(allowNull(actionMetadataSchema), filled))
  if (failure !== null) throw new ActionMetadataError(failure.message, pathOfFailure(failure.message, failure.path))
  // The line above proves the shape.
  return filled as WrittenMetadata
}

/** A key that should not be there is named in the text only. */
function pathOfFailure(message: string, path: Path): Path {
  const unexpected = /^Additional properties are not allowed \('([^']+)'/.exec(message)?.[1]
  return unexpected === undefined ? path : [...path, unexpected]
}

function unknownRunnerType(name: string): ActionMetadataError {
  const message =
    `RunnerType ${name} is not found. If you are using old and deprecated runner name, you need to switch to a new one. ` +
    'For more information, please see https://docs.stackstorm.com/upgrade_notes.html#st2-v0-9'
  return new ActionMetadataError(message, ['runner_type'])
}

function checkedParameters(parameters: unknown, path: Path): ParameterSchemas {
  try {
    checkParameterDefinitions(parameters)
    return parameters
  } catch (error) {
    if (error instanceof ParameterDefinitionError) {
      const key = error.key === null || error.key === '' ? [] : [error.key]
      throw new ActionMetadataError(error.reason, [...path, error.parameter, ...key], { cause: error })
    }
    if (error instanceof InvalidSchemaError) throw new ActionMetadataError(error.message, path, { cause: error })
    throw error
  }
}

/** Attributes of a runner's parameter that an action may give its own value. */
const OVERRIDABLE = ['default', 'description', 'enum', 'immutable', 'required']

function checkAgainstRunner(ref: string, parameters: ParameterSchemas, runner: ParameterSchemas): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const inherited = own(runner, name)
    if (inherited === undefined) continue
    for (const [attribute, value] of Object.entries(parameter)) {
      if (OVERRIDABLE.includes(attribute) || isEqual(value, attributeOf(inherited, attribute))) continue
      throw new ActionMetadataError(
        `The attribute "${attribute}" for the runner parameter "${name}" in action "${ref}" cannot be overridden.`,
        ['parameters', name, attribute],
      )
    }
  }
}

function checkPositions(parameters: ParameterSchemas): void {
  const byPosition = new Map<number, string>()
  for (const [name, { position }] of Object.entries(parameters)) {
    if (position === undefined) continue
    const other = byPosition.get(position)
    if (other !== undefined) {
      throw new ActionMetadataError(
        `Parameters ${name} and ${other} have same position ${position}. Position values have to be unique.`,
        ['parameters', name, 'position'],
      )
    }
    byPosition.set(position, name)
  }
  const positions = [...byPosition.keys()].sort((a, b) => a - b)
  const first = positions[0] ?? 0
  if (positions.every((position, index) => position === first + index)) return
  throw new ActionMetadataError(`Positions supplied [${positions.join(', ')}] for parameters are not contiguous.`, [
    'parameters',
  ])
}

/** NOTE: `immutable: false` counts as well; what matters to upstream is that the key is there. */
function checkImmutable(parameters: ParameterSchemas, runner: ParameterSchemas): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!('immutable' in parameter)) continue
    const inherited = own(runner, name)
    if (inherited !== undefined && 'immutable' in inherited) {
      throw new ActionMetadataError(`Param ${name} is declared immutable in runner. Cannot override in action.`, [
        'parameters',
        name,
        'immutable',
      ])
    }
    if ('default' in parameter || (inherited !== undefined && 'default' in inherited)) continue
    throw new ActionMetadataError(`Immutable param ${name} requires a default value.`, [
      'parameters',
      name,
      'immutable',
    ])
  }
}

/** Only what is not empty is kept; `channels` is the older name of `routes`. */
function storedNotify(notify: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const stored: Record<string, unknown> = {}
  for (const [event, settings] of Object.entries(notify)) {
    if (typeof settings !== 'object' || settings === null) continue
    const { message, data, routes, channels }: NotifySettings = settings
    stored[event] = {
      ...(message ? { message } : {}),
      ...(data && Object.keys(data).length > 0 ? { data } : {}),
      ...((routes ?? channels ?? []).length > 0 ? { routes: routes ?? channels } : {}),
    }
  }
  return stored
}

interface NotifySettings {
  readonly message?: string | null
  readonly data?: object | null
  readonly routes?: readonly string[] | null
  readonly channels?: readonly string[] | null
}

function own(schemas: ParameterSchemas, name: string): ParameterSchema | undefined {
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined
}

function attributeOf(parameter: ParameterSchema, attribute: string): unknown {
  return Object.entries(parameter).find(([key]) => key === attribute)?.[1]
}

function isEqual(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
