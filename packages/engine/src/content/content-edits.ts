import { stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { type Action, ConflictError, InvalidError } from '@st2/model'
import type { Ids } from '../ports/ids.ts'
import type { Log } from '../ports/log.ts'
import { type ActionDefinition, actionDefinition } from './action-metadata.ts'
import type { ContentStores } from './content-stores.ts'
import type { OneAtATime } from './one-at-a-time.ts'
import type { ActionFile, PackEditor } from './pack-editor.ts'
import { isAbsent, type PackFiles } from './pack-files.ts'
import { refuseCorePack } from './system-packs.ts'

/** What the use cases that change content over the API work with. */
export interface ContentEditDeps {
  readonly stores: ContentStores
  readonly packFiles: PackFiles
  readonly editor: PackEditor
  readonly turns: OneAtATime
  readonly ids: Ids
  readonly log: Log
  /** Told of files that were written for an action, by absolute path. */
  readonly filesWritten?: (ref: string, paths: readonly string[]) => Promise<void>
}

/** Changes files of an action together with what is registered of it, and tells who wants to know. */
export async function changeAction(
  deps: ContentEditDeps,
  action: Action,
  files: { readonly write: readonly ActionFile[]; readonly remove?: readonly string[] },
  store: () => Promise<void>,
): Promise<void> {
  const paths = await deps.editor.change(action.pack, { ...files, action, onCrash: 'finish' }, async (written) => {
    await store()
    return written
  })
  if (paths.length > 0) await deps.filesWritten?.(action.ref, paths)
}

/**
 * An action as the API was given it, checked: what is to be stored, all but its id.
 *
 * @throws InvalidError
 */
export async function requestedDefinition(
  deps: ContentEditDeps,
  metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly pack: string },
): Promise<ActionDefinition> {
  refuseCorePack(metadata.pack)
  if (metadata.name === '') throw new InvalidError('The name of an action may not be empty')
  if (!(await hasActionsFolder(deps.packFiles, metadata.pack))) {
    const searched = deps.packFiles.basePaths.join(',')
    throw new InvalidError(
      `Content pack "${metadata.pack}" is not found or doesn't contain actions directory. Searched in: ${searched}`,
    )
  }
  return actionDefinition(metadata, (name) => deps.stores.runnerTypes.findByName(name))
}

/**
 * Before files are written: who is refused must not have changed any.
 *
 * @param own id of the action that may have the ref
 * @throws ConflictError
 */
export async function refuseTakenRef(deps: ContentEditDeps, ref: string, own: string | null): Promise<void> {
  const holder = await deps.stores.actions.readByRefOrId(ref)
  if (holder === null || holder.id === own) return
  throw new ConflictError(`Tried to save duplicate unique keys (action: { ref: ${JSON.stringify(ref)} })`, holder.id)
}

/** Names of an action's own files below the actions folder: what another action of the pack uses too is not its own. */
export async function ownFilesOf(deps: ContentEditDeps, action: Action): Promise<string[]> {
  const { rows } = await deps.stores.actions.list({ filter: { pack: action.pack } })
  const others = new Set(rows.filter(({ id }) => id !== action.id).flatMap(filesOf))
  return filesOf(action).filter((file) => !others.has(file))
}

/**
 * Before files are written that nobody named: another action's must not be among them.
 *
 * @param own id of the action that may have them
 * @throws InvalidError
 */
export async function refuseForeignFiles(
  deps: ContentEditDeps,
  pack: string,
  files: readonly string[],
  own: string | null,
): Promise<void> {
  const { rows } = await deps.stores.actions.list({ filter: { pack } })
  for (const action of rows) {
    const file = action.id === own ? undefined : filesOf(action).find((name) => files.includes(name))
    if (file !== undefined) throw new InvalidError(`File "${file}" of pack "${pack}" belongs to action "${action.ref}"`)
  }
}

/** One that leads out of the actions folder is refused by whoever removes it. */
function filesOf({ entry_point, metadata_file }: Action): string[] {
  return [entry_point, metadata_file === '' ? '' : posix.relative('actions', metadata_file)].filter(
    (name) => name !== '',
  )
}

async function hasActionsFolder(packFiles: PackFiles, pack: string): Promise<boolean> {
  const path = await packFiles.packPath(pack)
  if (path === null) return false
  try {
    return (await stat(join(path, 'actions'))).isDirectory()
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}
