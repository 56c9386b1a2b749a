import { type ActionAlias, NotFoundError } from '@st2/model'
import type { ActionAliasStore } from './action-alias-store.ts'

/** @throws NotFoundError */
export async function findActionAlias(aliases: ActionAliasStore, refOrId: string): Promise<ActionAlias> {
  const alias = await aliases.findByRefOrId(refOrId)
  if (alias === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return alias
}
