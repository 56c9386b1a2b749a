import type { ActionDelete } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { actionRevision, refuseChanged } from './action-revision.ts'
import { type ContentEditDeps, ownFilesOf } from './content-edits.ts'
import { findActionToChange } from './find-action.ts'
import { refuseCorePack } from './system-packs.ts'

export interface RemoveActionOptions {
  readonly request: ActionDelete
  /** Revisions that the action may have; null: whatever is there is removed. */
  readonly known: readonly string[] | null
}

/**
 * Removes an action; with `remove_files` its metadata file and entry point too, or neither. Files that another action of the pack uses
 * stay.
 *
 * @throws NotFoundError, InvalidError, AccessDeniedError, RevisionConflictError, UnavailableError: nothing was changed
 * @source rest-api.md 9.2
 */
export function removeAction(
  deps: ContentEditDeps,
  principal: Principal,
  refOrId: string,
  { request, known }: RemoveActionOptions,
): Promise<void> {
  return deps.turns.run(async () => {
    const action = await findActionToChange(deps.stores.actions, refOrId)
    refuseCorePack(action.pack)
    refuseChanged(action, await actionRevision(deps.packFiles, action), {}, known)
    const withFiles = request.remove_files === true && (await deps.packFiles.packPath(action.pack)) !== null
    const remove = withFiles ? await ownFilesOf(deps, action) : []
    // A crash leaves the action with its files, or the files without the action.
    await deps.editor.change(action.pack, { remove, onCrash: 'undo' }, () => deps.stores.actions.remove(action.id))
    // The same file, put back by hand, is an action again.
    if (withFiles) await deps.stores.fingerprints.forgetDefinition(action.pack, action.ref)
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action deleted')
  })
}
