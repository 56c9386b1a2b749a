import { isTemplate } from '@st2/expressions'
import { InvalidError } from '@st2/model'
import { compileValidator, SchemaValidationError } from '@st2/schema'
import { parseYaml, YamlError } from '@st2/yaml'

/** One step of a chain. */
export interface ChainTask {
  readonly name: string
  readonly ref: string
  /** Templates as written. */
  readonly params: Readonly<Record<string, unknown>>
  readonly onSuccess: string
  readonly onFailure: string
  readonly publish: Readonly<Record<string, unknown>>
  readonly notify: Record<string, unknown> | undefined
  /** As written, for whoever looks at what it ran as. */
  readonly written: Readonly<Record<string, unknown>>
}

export interface ChainDefinition {
  readonly tasks: readonly ChainTask[]
  readonly default: string
  readonly vars: Readonly<Record<string, unknown>>
}

/**
 * Reads a definition.
 *
 * @param file as messages name it
 * @throws InvalidError with upstream's texts
 * @source packs-and-runners.md 6
 */
export function parseChain(text: string, file: string): ChainDefinition {
  const content = contentOf(text, file)
  const { chain, default: start = '', vars = {} } = content
  const tasks = (Array.isArray(chain) ? chain : []).map(taskOf)
  const definition = { tasks, default: String(start ?? ''), vars: mapping(vars) }
  refuseUnknownTasks(definition)
  return definition
}

/** The task that a name means; of several with the same name the first. */
export function findTask({ tasks }: ChainDefinition, name: string): ChainTask | null {
  return tasks.find((task) => task.name === name) ?? null
}

/** Where it begins: the default, else the first task that no other leads to, else the first. */
export function startTask(chain: ChainDefinition): ChainTask | null {
  if (chain.default !== '') return findTask(chain, chain.default)
  const led = new Set(chain.tasks.flatMap(({ onSuccess, onFailure }) => [onSuccess, onFailure]))
  return chain.tasks.find(({ name }) => !led.has(name)) ?? chain.tasks[0] ?? null
}

const TASK_SCHEMA = {
  type: 'object',
  properties: {
    name: { type: 'string', required: true },
    ref: { type: 'string', required: true },
    params: { type: 'object' },
    parameters: { type: 'object' },
    'on-success': { type: 'string' },
    'on-failure': { type: 'string' },
    publish: { type: 'object' },
    notify: { type: 'object' },
  },
  additionalProperties: false,
} as const

/** NOTE: `items` as a list: only the first task is held against its schema, as upstream does it. */
const assertChain = compileValidator({
  type: 'object',
  properties: {
    chain: { type: 'array', items: [TASK_SCHEMA], required: true },
    default: { type: 'string' },
    vars: { type: 'object' },
  },
  additionalProperties: false,
})

function contentOf(text: string, file: string): Record<string, unknown> {
  try {
    const content = parseYaml(text)
    assertChain.assertValid(content)
    return mapping(content)
  } catch (cause) {
    if (!(cause instanceof YamlError || cause instanceof SchemaValidationError)) throw cause
    throw unreadable(file, cause.message, cause)
  }
}

export function unreadable(file: string, reason: string, cause?: unknown): InvalidError {
  return new InvalidError(`Failed to parse action chain definition from "${file}": ${reason}`, { cause })
}

function taskOf(value: unknown): ChainTask {
  const written = mapping(value)
  const { name, ref, params, parameters, publish, notify } = written
  if (params !== undefined && parameters !== undefined) {
    throw new InvalidError('Either "params" or "parameters" attribute needs to be provided, but not both')
  }
  return {
    name: String(name ?? ''),
    ref: String(ref ?? ''),
    params: mapping(params ?? parameters),
    onSuccess: String(written['on-success'] ?? ''),
    onFailure: String(written['on-failure'] ?? ''),
    publish: mapping(publish),
    notify: notify === undefined || notify === null ? undefined : mapping(notify),
    written,
  }
}

/** Names made by templates are not rendered: they are found to be unknown when they are reached. */
function refuseUnknownTasks(chain: ChainDefinition): void {
  for (const { name, onSuccess, onFailure } of chain.tasks) {
    const links = { 'on-success': onSuccess, 'on-failure': onFailure }
    for (const [link, target] of Object.entries(links)) {
      if (target === '' || isTemplate(target) || findTask(chain, target) !== null) continue
      throw new InvalidError(`Unable to find node with name "${target}" referenced in "${link}" in task "${name}".`)
    }
  }
  if (chain.default !== '' && !isTemplate(chain.default) && findTask(chain, chain.default) === null) {
    throw new InvalidError(`Unable to find node with name "${chain.default}" referenced in "default".`)
  }
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
