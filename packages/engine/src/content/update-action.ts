import type { Action, ActionUpdate } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { actionRevision, type EditedAction, intendedRevision, refuseChanged } from './action-revision.ts'
import { changeAction, type ContentEditDeps, refuseTakenRef, requestedDefinition } from './content-edits.ts'
import { dataFilesOf } from './data-files.ts'
import { findActionToChange } from './find-action.ts'
import { refuseCorePack } from './system-packs.ts'

export interface UpdateActionOptions {
  readonly request: ActionUpdate
  /** Revisions that the request may be based on; null: whatever is there is replaced. */
  readonly known: readonly string[] | null
}

/**
 * Replaces an action; what the request leaves out is reset. A metadata file that it does not bring stays as it is, and registering the
 * pack anew brings back what that says. The id stays, whatever the request says; name and pack may change.
 *
 * @throws NotFoundError, InvalidError, TooLargeError, ConflictError, RevisionConflictError, UnavailableError: nothing was changed
 * @source rest-api.md 9.2
 */
export function updateAction(
  deps: ContentEditDeps,
  principal: Principal,
  refOrId: string,
  { request, known }: UpdateActionOptions,
): Promise<EditedAction> {
  const { data_files, ...metadata } = request
  return deps.turns.run(async () => {
    const before = await findActionToChange(deps.stores.actions, refOrId)
    refuseCorePack(before.pack)
    const definition = await requestedDefinition(deps, { ...metadata, pack: metadata.pack || before.pack })
    const files = dataFilesOf(data_files)
    const intended = intendedRevision(definition, files)
    refuseChanged(before, await actionRevision(deps.packFiles, before), intended, known)
    await refuseTakenRef(deps, definition.ref, before.id)
    const action: Action = { id: before.id, ...definition }
    await changeAction(deps, action, { write: files }, () => deps.stores.actions.save(action))
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action updated')
    return { action, revision: { ...(await actionRevision(deps.packFiles, action)), ...intended } }
  })
}
