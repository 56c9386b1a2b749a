import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { type Action, actionUpdateSchema, InvalidError, RevisionConflictError } from '@st2/model'
import type { ActionDefinition } from './action-metadata.ts'
import { canonicalJson, definitionHash } from './definition-hash.ts'
import type { ActionFile } from './pack-editor.ts'
import { isAbsent, type PackFiles } from './pack-files.ts'

/** What an editor of an action works on, part by part: hashes of what is registered and of the bytes of two files. */
export interface ActionRevision {
  readonly definition: string
  readonly metadata_file: string
  readonly entry_point: string
}

/** An action as it was left by an edit, and the revision that the edit made. */
export interface EditedAction {
  readonly action: Action
  readonly revision: ActionRevision
}

const PARTS = ['definition', 'metadata_file', 'entry_point'] as const
const HASH_DIGITS = 16
/** Of a file that is named by nobody or not there. */
const NO_FILE = '0'.repeat(HASH_DIGITS)
/** Bytes; of what is larger, which no editor loads, size and time are taken for its content. */
const MAX_HASHED_SIZE = 1024 * 1024

export async function actionRevision(
  packFiles: PackFiles,
  action: ActionDefinition & { readonly id?: string },
): Promise<ActionRevision> {
  const [metadata_file, entry_point] = await Promise.all([
    hashOfFile(() => packFiles.findFile(action.pack, action.metadata_file)),
    hashOfFile(async () => (await packFiles.locate(action.pack, action.entry_point)).entryPoint),
  ])
  return { definition: hashOfDefinition(action), metadata_file, entry_point }
}

/** Those parts of a revision that an edit decides, whatever is there. */
export function intendedRevision(definition: ActionDefinition, files: readonly ActionFile[]): Partial<ActionRevision> {
  const hashOf = (name: string): string | undefined => {
    const file = files.find(({ path }) => path === name)
    return file === undefined ? undefined : shortHash(file.content)
  }
  const metadata = definition.metadata_file.startsWith('actions/')
    ? hashOf(definition.metadata_file.slice('actions/'.length))
    : undefined
  const entryPoint = hashOf(definition.entry_point)
  return {
    definition: hashOfDefinition(definition),
    ...(metadata === undefined ? {} : { metadata_file: metadata }),
    ...(entryPoint === undefined ? {} : { entry_point: entryPoint }),
  }
}

/** One text for all parts; `ETag` puts it in quotes. */
export function revisionText(revision: ActionRevision): string {
  return PARTS.map((part) => revision[part]).join('.')
}

/**
 * Lets an edit pass when each part is as the editor knew it, or as the edit is going to make it: the same edit again, whose first
 * answer was lost, loses nothing.
 *
 * @param known texts of revisions, one of which must fit; null: whatever is there
 * @throws RevisionConflictError
 */
export function refuseChanged(
  action: Action,
  current: ActionRevision,
  intended: Partial<ActionRevision>,
  known: readonly string[] | null,
): void {
  if (known === null) return
  const differences = known.map((text) => differingParts(text, current, intended))
  if (differences.some((changed) => changed.length === 0)) return
  const changed = differences[0] ?? [...PARTS]
  const names = changed.map((part) => NAMES[part](action)).join(', ')
  throw new RevisionConflictError(`Action "${action.ref}" was changed since: ${names}`, {
    changed,
    revision: revisionText(current),
  })
}

type Part = (typeof PARTS)[number]

const NAMES: Readonly<Record<Part, (action: Action) => string>> = {
  definition: () => 'its definition',
  metadata_file: ({ metadata_file }) => `its metadata file "${metadata_file}"`,
  entry_point: ({ entry_point }) => `its entry point "${entry_point}"`,
}

function differingParts(known: string, current: ActionRevision, intended: Partial<ActionRevision>): Part[] {
  const hashes = known.split('.')
  return PARTS.filter((part, index) => hashes[index] !== current[part] && intended[part] !== current[part])
}

/**
 * Its id is no part of it: an action that was made anew and says the same is the same to an editor. A request that has no output schema
 * and a metadata file that has none differ in what is stored, and mean the same.
 */
function hashOfDefinition({ id: _id, ...definition }: ActionDefinition & { readonly id?: string }): string {
  const hasNone = canonicalJson(definition.output_schema) === NO_OUTPUT_SCHEMA
  return definitionHash(hasNone ? { ...definition, output_schema: {} } : definition).slice(0, HASH_DIGITS)
}

const NO_OUTPUT_SCHEMA = canonicalJson(actionUpdateSchema.properties.output_schema.default)

async function hashOfFile(find: () => Promise<string | null>): Promise<string> {
  try {
    const path = await find()
    if (path === null) return NO_FILE
    const stats = await stat(path)
    if (!stats.isFile()) return NO_FILE
    if (stats.size > MAX_HASHED_SIZE) return shortHash(`${stats.size} ${stats.mtimeMs}`)
    return shortHash(await readFile(path))
  } catch (error) {
    // One that leads out of the pack is nobody's to read.
    if (isAbsent(error) || error instanceof InvalidError) return NO_FILE
    throw error
  }
}

function shortHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS)
}
