import { join } from 'node:path'
import { SchemaValidationError } from '@st2/schema'
import { definitionHash } from './definition-hash.ts'
import { type MetadataFile, readMetadataFile } from './metadata-file.ts'
import type { Overrides } from './overrides.ts'
import type { PackProblems } from './pack-problems.ts'
import type { Definitions, PackOnDisk, PackPlan } from './register-pack.ts'
import type { Metadata, Registrar } from './registrar.ts'

export interface FilesReport {
  /** Files that define what is registered now, unchanged ones included. */
  readonly count: number
  /** How many an override file changed. */
  readonly overridden: number
  readonly definitions: Definitions
}

export interface RegisterFilesDeps {
  /** `[content] max_metadata_size`, bytes. */
  readonly maxMetadataSize: number
}

/** Registers the files of one kind. A file that cannot be used is reported and keeps none of the others from being used. */
export async function registerFiles(
  deps: RegisterFilesDeps,
  registrar: Registrar,
  pack: PackOnDisk,
  context: { overrides: Overrides; plan: PackPlan; problems: PackProblems },
): Promise<FilesReport> {
  const { plan, problems } = context
  const definitions: Record<string, string> = {}
  const fileOf = new Map<string, string>()
  let count = 0
  let overridden = 0
  for (const name of pack.files.filter((file) => isDefinition(file, registrar.folder))) {
    const path = join(pack.path, name)
    const done = await problems.attempt(registrar.kind, path, async () => {
      const file = await readMetadataFile(path, deps.maxMetadataSize, 'error')
      const { metadata, changed } = definedMetadata(registrar, pack, name, file, context.overrides)
      const key = definitionKey(registrar, pack.ref, metadata)
      const hash = definitionHash(metadata)
      if (plan.registered[key] !== hash) await register(registrar, pack, file, metadata)
      return { key, hash, changed }
    })
    if (done === null) continue
    const earlier = fileOf.get(done.key)
    if (earlier !== undefined) problems.add(registrar.kind, path, `It is also defined in "${earlier}"; this file wins.`)
    fileOf.set(done.key, name)
    definitions[done.key] = done.hash
    count += 1
    if (done.changed) overridden += 1
  }
  return { count, overridden, definitions }
}

/** Directly in the folder. */
function isDefinition(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) && /^[^/]+\.ya?ml$/.test(file.slice(folder.length + 1))
}

function definedMetadata(
  registrar: Registrar,
  pack: PackOnDisk,
  name: string,
  file: MetadataFile,
  overrides: Overrides,
): { metadata: Metadata; changed: boolean } {
  const written = file.content['pack'] ?? pack.ref
  if (written !== pack.ref) {
    throw file.fault(`Model is in pack "${pack.ref}" but field "pack" is different: ${String(written)}`, ['pack'])
  }
  if (typeof file.content[registrar.nameKey] !== 'string') {
    throw file.fault(`'${registrar.nameKey}' is a required property`, [registrar.nameKey])
  }
  const metadata: Metadata = { ...file.content, pack: pack.ref, metadata_file: name }
  return registrar.overridable === null
    ? { metadata, changed: false }
    : overrides.apply(registrar.overridable, metadata)
}

function definitionKey(registrar: Registrar, pack: string, metadata: Metadata): string {
  return `${registrar.kind}/${pack}.${String(metadata[registrar.nameKey])}`
}

async function register(registrar: Registrar, pack: PackOnDisk, file: MetadataFile, metadata: Metadata): Promise<void> {
  try {
    await registrar.register(metadata, { pack: pack.ref, packPath: pack.path })
  } catch (error) {
    if (!(error instanceof SchemaValidationError)) throw error
    throw file.fault(error.message, error.path, { cause: error })
  }
}
