import { readFile } from 'node:fs/promises'
import { InvalidError } from '@st2/model'
import { parseYaml, YamlError } from '@st2/yaml'
import { sensorHash } from './sensor-hash.ts'

/** Which sensors this node runs. */
export type SensorPartition = (ref: string) => boolean

export interface PartitionSettings {
  /** `[sensorcontainer] partition_provider`: its name, and what that needs. */
  readonly provider: Readonly<Record<string, string>>
  /** `[sensorcontainer] sensor_node_name` */
  readonly node: string
  /** Value of a key of the system scope; null when there is none. */
  readonly readKey: (name: string) => Promise<string | null>
}

/**
 * Reads who owns what; once, at the start.
 *
 * @throws InvalidError naming what is wrong
 * @source services.md 4, packs-and-runners.md 5.4
 */
export async function sensorPartition(settings: PartitionSettings): Promise<SensorPartition> {
  const name = settings.provider['name'] ?? 'default'
  const provider = PROVIDERS[name]
  if (provider === undefined) {
    throw new InvalidError(`partition_provider: "${name}" is none of ${Object.keys(PROVIDERS).join(', ')}`)
  }
  return provider(settings)
}

const PROVIDERS: Readonly<Record<string, (settings: PartitionSettings) => Promise<SensorPartition>>> = {
  default: async () => () => true,
  kvstore: fromKey,
  file: fromFile,
  hash: async ({ provider }) => fromRanges(provider['hash_ranges'] ?? ''),
}

async function fromKey({ node, readKey }: PartitionSettings): Promise<SensorPartition> {
  const key = `${node}.sensor_partition`
  const value = await readKey(key)
  if (value === null) throw new InvalidError(`partition_provider: the datastore has no key "${key}"`)
  return among(value.split(',').map((ref) => ref.trim()))
}

async function fromFile({ provider, node }: PartitionSettings): Promise<SensorPartition> {
  const path = provider['partition_file'] ?? ''
  if (path === '') throw new InvalidError('partition_provider: "file" needs partition_file')
  const nodes = await readMap(path)
  const refs = nodes[node]
  if (refs === undefined) throw new InvalidError(`partition_provider: "${path}" has no entry for node "${node}"`)
  if (refs !== null && !isTextList(refs)) {
    throw new InvalidError(`partition_provider: "${node}" in "${path}" is not a list of sensors`)
  }
  // NOTE: an empty list means all, as upstream has it.
  return refs === null || refs.length === 0 ? () => true : among(refs)
}

const HASHES = 2 ** 32

/** `0..1000|1000..MAX`: half-open ranges. */
function fromRanges(text: string): SensorPartition {
  const ranges = text.split('|').map((range) => {
    const match = /^\s*(\w+)\.\.(\w+)\s*$/.exec(range)
    if (match === null)
      throw new InvalidError(`partition_provider: hash_ranges: "${range}" is not of the form start..end`)
    const [start, end] = [boundary(match[1] ?? ''), boundary(match[2] ?? '')]
    if (start > end) throw new InvalidError(`partition_provider: hash_ranges: "${range}" ends before it starts`)
    return { start, end }
  })
  return (ref) => {
    const hash = sensorHash(ref)
    return ranges.some(({ start, end }) => start <= hash && hash < end)
  }
}

function boundary(text: string): number {
  if (text.toUpperCase() === 'MIN') return 0
  if (text.toUpperCase() === 'MAX') return HASHES
  if (!/^\d+$/.test(text)) throw new InvalidError(`partition_provider: hash_ranges: "${text}" is no number, MIN or MAX`)
  return Math.min(Number(text), HASHES)
}

function among(refs: readonly string[]): SensorPartition {
  const owned = new Set(refs)
  return (ref) => owned.has(ref)
}

async function readMap(path: string): Promise<Record<string, unknown>> {
  const value = await readYaml(path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidError(`partition_provider: "${path}" holds no map of nodes`)
  }
  return { ...value }
}

async function readYaml(path: string): Promise<unknown> {
  try {
    return parseYaml(await readFile(path, 'utf8'))
  } catch (cause) {
    if (cause instanceof YamlError) throw new InvalidError(`partition_provider: "${path}": ${cause.message}`, { cause })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidError(`partition_provider: "${path}" cannot be read: ${reason}`, { cause })
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
