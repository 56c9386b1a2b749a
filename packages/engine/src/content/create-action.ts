import type { Action, ActionCreate } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import { type ContentEditDeps, refuseTakenRef, requestedDefinition, writeActionFiles } from './content-edits.ts'
import { dataFilesOf } from './data-files.ts'

/**
 * Makes an action, with the files it brings. Files come first: who sees the action can run it.
 *
 * @throws InvalidError, TooLargeError, ConflictError: nothing was changed
 * @source rest-api.md 9.2
 */
export function createAction(deps: ContentEditDeps, principal: Principal, request: ActionCreate): Promise<Action> {
  const { data_files, ...metadata } = request
  return deps.turns.run(async () => {
    const definition = await requestedDefinition(deps, { ...metadata, pack: metadata.pack ?? 'default' })
    await refuseTakenRef(deps, definition.ref, null)
    await writeActionFiles(deps, definition, dataFilesOf(data_files))
    const action: Action = { id: deps.ids.next(), ...definition }
    await deps.stores.actions.create(action)
    deps.log.info({ user: principal.user, action: action.ref, id: action.id }, 'action created')
    return action
  })
}
