import { isDeepStrictEqual } from 'node:util'
import type { ActionAlias, ActionAliasRequest } from '@st2/model'
import { aliasDefinition } from './alias-definition.ts'
import type { ActionAliasDeps } from './edit-action-aliases.ts'

/**
 * An alias as its file in a pack says. One that already says so is left alone.
 *
 * NOTE: found by pack and name; upstream looks for the name alone, so that a second pack takes the first one's alias over.
 *
 * @throws InvalidError, ConflictError
 * @source packs-and-runners.md 1.10
 */
export async function registerActionAlias(
  deps: ActionAliasDeps,
  request: ActionAliasRequest,
): Promise<'created' | 'updated' | 'unchanged'> {
  const definition = aliasDefinition(request)
  const known = await deps.aliases.findByRef(definition.ref)
  const alias: ActionAlias = { id: known?.id ?? deps.ids.next(), ...definition }
  if (known !== null && isDeepStrictEqual(known, JSON.parse(JSON.stringify(alias)))) return 'unchanged'
  await deps.aliases.save(alias)
  return known === null ? 'created' : 'updated'
}
