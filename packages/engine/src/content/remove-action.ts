import type { ActionDelete } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type ContentEditDeps, ownFilesOf } from './content-edits.ts'
import { findAction } from './find-action.ts'
import { refuseCorePack } from './system-packs.ts'

/**
 * Removes an action; with `remove_files` its metadata file and entry point first, so that an action whose files could not be
 * removed is still there. Files that another action of the pack uses stay.
 *
 * @throws NotFoundError, InvalidError, AccessDeniedError, UnavailableError
 * @source rest-api.md 9.2
 */
export function removeAction(
  deps: ContentEditDeps,
  principal: Principal,
  refOrId: string,
  options: ActionDelete,
): Promise<void> {
  return deps.turns.run(async () => {
    const action = await findAction(deps.stores.actions, refOrId)
    refuseCorePack(action.pack)
    if (options.remove_files === true && (await deps.packFiles.packPath(action.pack)) !== null) {
      await deps.editor.remove(action.pack, await ownFilesOf(deps, action))
      // The same file, put back by hand, is an action again.
      await deps.stores.fingerprints.forgetDefinition(action.pack, action.ref)
    }
    await deps.stores.actions.remove(action.id)
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action deleted')
  })
}
