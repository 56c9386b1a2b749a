import { type Action, NotFoundError } from '@st2/model'
import type { ActionStore } from './action-store.ts'

/** @throws NotFoundError */
export async function findAction(actions: ActionStore, refOrId: string): Promise<Action> {
  return known(await actions.findByRefOrId(refOrId), refOrId)
}

/** For who is about to change it. @throws NotFoundError */
export async function findActionToChange(actions: ActionStore, refOrId: string): Promise<Action> {
  return known(await actions.readByRefOrId(refOrId), refOrId)
}

function known(action: Action | null, refOrId: string): Action {
  if (action === null) throw new NotFoundError(`Resource with a reference or id "${refOrId}" not found`)
  return action
}
