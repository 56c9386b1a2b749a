import type { Action, ActionUpdate } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type ContentEditDeps, refuseTakenRef, requestedDefinition, writeActionFiles } from './content-edits.ts'
import { dataFilesOf } from './data-files.ts'
import { findAction } from './find-action.ts'
import { refuseCorePack } from './system-packs.ts'

/**
 * Replaces an action; what the request leaves out is reset. Its metadata file stays as it is, and registering the pack anew
 * brings back what that says. The id stays, whatever the request says; name and pack may change.
 *
 * @throws NotFoundError, InvalidError, TooLargeError, ConflictError: nothing was changed
 * @source rest-api.md 9.2
 */
export function updateAction(
  deps: ContentEditDeps,
  principal: Principal,
  refOrId: string,
  request: ActionUpdate,
): Promise<Action> {
  const { data_files, ...metadata } = request
  return deps.turns.run(async () => {
    const known = await findAction(deps.stores.actions, refOrId)
    refuseCorePack(known.pack)
    const definition = await requestedDefinition(deps, { ...metadata, pack: metadata.pack || known.pack })
    await refuseTakenRef(deps, definition.ref, known.id)
    await writeActionFiles(deps, definition, dataFilesOf(data_files))
    const action: Action = { id: known.id, ...definition }
    await deps.stores.actions.save(action)
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action updated')
    return action
  })
}
