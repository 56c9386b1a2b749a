import type { ActionAlias, ActionAliasRequest } from '@st2/model'
import type { Principal } from '../access/principal.ts'
import type { Ids } from '../ports/ids.ts'
import type { Log } from '../ports/log.ts'
import type { ActionAliasStore } from './action-alias-store.ts'
import { aliasDefinition, refuseBrokenFormats } from './alias-definition.ts'
import { findActionAlias } from './find-action-alias.ts'

export interface ActionAliasDeps {
  readonly aliases: ActionAliasStore
  readonly ids: Ids
  readonly log: Log
}

/** @throws InvalidError, ConflictError: nothing was changed. @source rest-api.md 9.4 */
export async function createActionAlias(
  deps: ActionAliasDeps,
  principal: Principal,
  request: ActionAliasRequest,
): Promise<ActionAlias> {
  const definition = aliasDefinition(request)
  refuseBrokenFormats(definition)
  const alias: ActionAlias = { id: deps.ids.next(), ...definition }
  await deps.aliases.create(alias)
  deps.log.info({ user: principal.user, action_alias: alias.ref, id: alias.id }, 'action alias created')
  return alias
}

/**
 * Replaces an alias; what the request leaves out is reset. The id stays, whatever the request says.
 *
 * @throws NotFoundError, InvalidError, ConflictError: nothing was changed
 */
export async function updateActionAlias(
  deps: ActionAliasDeps,
  principal: Principal,
  refOrId: string,
  request: ActionAliasRequest,
): Promise<ActionAlias> {
  const known = await findActionAlias(deps.aliases, refOrId)
  const definition = aliasDefinition(request)
  refuseBrokenFormats(definition)
  const alias: ActionAlias = { id: known.id, ...definition }
  await deps.aliases.save(alias)
  deps.log.info({ user: principal.user, action_alias: alias.ref, id: alias.id }, 'action alias updated')
  return alias
}

/** @throws NotFoundError */
export async function removeActionAlias(deps: ActionAliasDeps, principal: Principal, refOrId: string): Promise<void> {
  const alias = await findActionAlias(deps.aliases, refOrId)
  await deps.aliases.remove(alias.id)
  deps.log.info({ user: principal.user, action_alias: alias.ref, id: alias.id }, 'action alias deleted')
}
