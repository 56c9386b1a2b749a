import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type MetadataFile, readMetadataFile } from './metadata-file.ts'

/** Kinds whose metadata may be overridden, and the key that names one of them in an override file. */
const NAME_KEYS = { sensors: 'class_name', actions: 'name', rules: 'name', aliases: 'name' } as const
export type OverridableKind = keyof typeof NAME_KEYS

/** What a site changes about metadata before it is registered: only `enabled`. @source packs-and-runners.md 1.12 */
export class Overrides {
  readonly #global: MetadataFile | null
  readonly #pack: MetadataFile | null

  private constructor(global: MetadataFile | null, pack: MetadataFile | null) {
    this.#global = global
    this.#pack = pack
  }

  /** @throws MetadataError for a file that overrides anything else */
  static async load(folder: string, pack: string, maxSize: number): Promise<Overrides> {
    const [global, own] = await Promise.all([
      readIfThere(join(folder, '_global.yaml'), maxSize),
      readIfThere(join(folder, `${pack}.yaml`), maxSize),
    ])
    for (const file of [global, own]) if (file !== null) check(file)
    return new Overrides(global, own)
  }

  /** The metadata as it is to be registered; the same object when nothing changes. */
  apply<T extends Readonly<Record<string, unknown>>>(
    kind: OverridableKind,
    metadata: T,
  ): { metadata: T; changed: boolean } {
    const enabled = this.#enabled(kind, String(metadata[NAME_KEYS[kind]]))
    if (enabled === undefined) return { metadata, changed: false }
    const before = metadata['enabled'] ?? true
    return { metadata: { ...metadata, enabled }, changed: before !== enabled }
  }

  #enabled(kind: OverridableKind, name: string): boolean | undefined {
    const own = section(this.#pack, kind)
    const exception = map(map(own['exceptions'])[name])['enabled']
    const value =
      exception ?? map(own['defaults'])['enabled'] ?? map(section(this.#global, kind)['defaults'])['enabled']
    return typeof value === 'boolean' ? value : undefined
  }
}

function check(file: MetadataFile): void {
  for (const kind of Object.keys(NAME_KEYS)) {
    const content = map(file.content[kind])
    checkEnabledOnly(file, content['defaults'], [kind, 'defaults'])
    for (const [name, value] of Object.entries(map(content['exceptions']))) {
      checkEnabledOnly(file, value, [kind, 'exceptions', name])
    }
  }
}

function checkEnabledOnly(file: MetadataFile, value: unknown, path: readonly string[]): void {
  for (const [key, given] of Object.entries(map(value))) {
    if (key !== 'enabled') throw file.fault(`"${key}" cannot be overridden, only "enabled" can`, [...path, key])
    if (typeof given !== 'boolean') throw file.fault(`"enabled" must be true or false`, [...path, key])
  }
}

async function readIfThere(path: string, maxSize: number): Promise<MetadataFile | null> {
  try {
    await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  return readMetadataFile(path, maxSize, 'map')
}

function section(file: MetadataFile | null, kind: string): Readonly<Record<string, unknown>> {
  return map(file?.content[kind])
}

function map(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
