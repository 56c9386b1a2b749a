import type { Action, ActionCreate } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { actionRevision, type EditedAction, intendedRevision } from './action-revision.ts'
import { changeAction, type ContentEditDeps, refuseTakenRef, requestedDefinition } from './content-edits.ts'
import { dataFilesOf } from './data-files.ts'

/**
 * Makes an action, with the files it brings. Files come first: who sees the action can run it.
 *
 * @throws InvalidError, TooLargeError, ConflictError, UnavailableError: nothing was changed
 * @source rest-api.md 9.2
 */
export function createAction(
  deps: ContentEditDeps,
  principal: Principal,
  request: ActionCreate,
): Promise<EditedAction> {
  const { data_files, ...metadata } = request
  return deps.turns.run(async () => {
    const definition = await requestedDefinition(deps, { ...metadata, pack: metadata.pack ?? 'default' })
    await refuseTakenRef(deps, definition.ref, null)
    const files = dataFilesOf(data_files)
    const action: Action = { id: deps.ids.next(), ...definition }
    await changeAction(deps, action, { write: files }, () => deps.stores.actions.create(action))
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action created')
    const revision = { ...(await actionRevision(deps.packFiles, action)), ...intendedRevision(definition, files) }
    return { action, revision }
  })
}
