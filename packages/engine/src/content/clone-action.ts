import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Action, type ActionClone, InvalidError, isWorkflowRunner } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { ActionDefinition } from './action-metadata.ts'
import { actionYaml } from './action-yaml.ts'
import { actionRevision, type EditedAction, intendedRevision } from './action-revision.ts'
import { changeAction, type ContentEditDeps, ownFilesOf, refuseForeignFiles } from './content-edits.ts'
import { findActionToChange } from './find-action.ts'
import type { ActionFile } from './pack-editor.ts'
import { refuseSystemPack } from './system-packs.ts'

/**
 * Copies an action under a new name: its entry point, and a metadata file that says what the clone is. An action that is
 * overwritten keeps its id; files that were its own and are not the clone's go.
 *
 * @throws NotFoundError, InvalidError, TooLargeError, UnavailableError: nothing was changed
 * @source rest-api.md 9.2
 */
export function cloneAction(
  deps: ContentEditDeps,
  principal: Principal,
  refOrId: string,
  request: ActionClone,
): Promise<EditedAction> {
  return deps.turns.run(async () => {
    const source = await findActionToChange(deps.stores.actions, refOrId)
    const definition = clonedDefinition(source, request)
    const overwritten = await findDestination(deps, request)
    const files = [
      { path: `${request.dest_action}.yaml`, content: actionYaml(definition) },
      ...(await entryPointOf(deps, source, definition.entry_point)),
    ]
    const written = files.map(({ path }) => path)
    await refuseForeignFiles(deps, definition.pack, written, overwritten?.id ?? null)
    const own = overwritten === null ? [] : await ownFilesOf(deps, overwritten)
    const remove = own.filter((file) => !written.includes(file))
    const action: Action = { id: overwritten?.id ?? deps.ids.next(), ...definition }
    await changeAction(deps, action, { write: files, remove }, () => deps.stores.actions.save(action))
    deps.log.info({ user: principal.user, action: action.ref, id: action.id, source: source.ref }, 'action cloned')
    const revision = { ...(await actionRevision(deps.packFiles, action)), ...intendedRevision(definition, files) }
    return { action, revision }
  })
}

/** What the clone is. @source rest-api.md 9.2 */
export function clonedDefinition(source: Action, { dest_pack, dest_action }: ActionClone): ActionDefinition {
  const { id: _id, ...definition } = source
  return {
    ...definition,
    ref: `${dest_pack}.${dest_action}`,
    uid: `action:${dest_pack}:${dest_action}`,
    name: dest_action,
    pack: dest_pack,
    entry_point: clonedEntryPoint(source, dest_action),
    metadata_file: `actions/${dest_action}.yaml`,
  }
}

function clonedEntryPoint(source: Action, name: string): string {
  if (source.entry_point === '') return ''
  if (isWorkflowRunner(source.runner_type)) return `workflows/${name}.yaml`
  return name + extname(source.entry_point)
}

/** The action that is to be overwritten, or null. */
async function findDestination(deps: ContentEditDeps, request: ActionClone): Promise<Action | null> {
  const { dest_pack, dest_action, overwrite } = request
  if ((await deps.packFiles.packPath(dest_pack)) === null) {
    throw new InvalidError(`Destination pack '${dest_pack}' doesn't exist`)
  }
  refuseSystemPack(dest_pack)
  if (dest_action === '' || dest_action.includes('/')) {
    throw new InvalidError(`dest_action "${dest_action}" cannot be the name of a file`)
  }
  const known = await deps.stores.actions.readByRefOrId(`${dest_pack}.${dest_action}`)
  if (known !== null && overwrite !== true) throw new InvalidError('The requested destination action already exists')
  return known
}

async function entryPointOf(deps: ContentEditDeps, source: Action, as: string): Promise<ActionFile[]> {
  if (as === '') return []
  const { entryPoint } = await deps.packFiles.locate(source.pack, source.entry_point)
  if (entryPoint === null) {
    throw new InvalidError(`The entry point "${source.entry_point}" of action "${source.ref}" is not on disk`)
  }
  const { mode, size } = await stat(entryPoint)
  deps.editor.checkSize(source.entry_point, size)
  return [{ path: as, content: await readFile(entryPoint), mode: mode | 0o200 }]
}
