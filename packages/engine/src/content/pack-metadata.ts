import { basename } from 'node:path'
import type { FromSchema, Pack } from '@st2/model'
import { allowNull, applyDefaults, bestMatch, validate } from '@st2/schema'
import type { MetadataFile } from './metadata-file.ts'
import { isPackRef } from './pack-files.ts'

const VERSION =
  '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?(?:\\+[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?$'
const STACKSTORM_VERSION = '^((>?>|>=|=|<=|<?<)\\s*[0-9]+\\.[0-9]+\\.[0-9]+?(\\s*,)?\\s*)+$'
const RESERVED_REF = '_global'

/** `pack.yaml`. Further keys are accepted and dropped. @source packs-and-runners.md 1.4 */
const packMetadataSchema = {
  title: 'Pack',
  type: 'object',
  properties: {
    ref: { type: 'string', pattern: '^[a-z0-9_]+$' },
    name: { type: 'string', required: true },
    description: { type: 'string', required: true },
    version: { type: 'string', required: true, pattern: VERSION },
    author: { type: 'string', required: true },
    email: { type: 'string' },
    keywords: { type: 'array', items: { type: 'string' }, default: [] },
    stackstorm_version: { type: 'string', pattern: STACKSTORM_VERSION },
    python_versions: {
      type: 'array',
      items: { type: 'string', enum: ['2', '3'] },
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    },
    contributors: { type: 'array', items: { type: 'string', maxLength: 100 } },
    dependencies: { type: 'array', items: { type: 'string' } },
    system: { type: 'object' },
  },
} as const

export type PackMetadata = FromSchema<typeof packMetadataSchema>

/** A pack as it is to be stored, all but its id. */
export type PackDefinition = Omit<Pack, 'id'>

/** @throws MetadataError */
export function packDefinition(file: MetadataFile, path: string, files: string[]): PackDefinition {
  const metadata = checked(file)
  const ref = packRef(file, metadata, basename(path))
  return {
    ref,
    uid: `pack:${ref}`,
    name: metadata.name,
    description: metadata.description,
    version: metadata.version,
    author: metadata.author,
    ...(metadata.email === undefined ? {} : { email: metadata.email }),
    ...(metadata.stackstorm_version === undefined ? {} : { stackstorm_version: metadata.stackstorm_version }),
    keywords: metadata.keywords ?? [],
    contributors: metadata.contributors ?? [],
    dependencies: metadata.dependencies ?? [],
    python_versions: metadata.python_versions ?? [],
    system: metadata.system ?? {},
    files,
    path,
  }
}

function checked(file: MetadataFile): PackMetadata {
  const version = file.content['version']
  const content = {
    ...withoutNulls(file.content),
    ...(typeof version === 'number' ? { version: String(version) } : {}),
  }
  const failure = bestMatch(validate(allowNull(packMetadataSchema), applyDefaults(packMetadataSchema, content)))
  if (failure !== null) throw file.fault(failure.message, failure.path)
  // The line above proves the shape.
  const metadata = applyDefaults(packMetadataSchema, content) as PackMetadata
  if (metadata.email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(metadata.email)) {
    throw file.fault(`"${metadata.email}" is not an e-mail address`, ['email'])
  }
  return metadata
}

/** `ref`, else the folder's name, else `name`, whichever may be one. */
function packRef(file: MetadataFile, metadata: PackMetadata, folder: string): string {
  const ref = metadata.ref ?? (isPackRef(folder) ? folder : metadata.name)
  if (!isPackRef(ref)) {
    throw file.fault(
      `Pack name "${metadata.name}" contains invalid characters and "ref" attribute is not available. You either need ` +
        'to add "ref" attribute which contains only word characters to the pack metadata file or update name attribute ' +
        'to contain only word characters.',
      ['name'],
    )
  }
  if (ref === RESERVED_REF) throw file.fault(`"${RESERVED_REF}" is reserved and cannot be the ref of a pack`, ['ref'])
  return ref
}

function withoutNulls(content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null))
}
