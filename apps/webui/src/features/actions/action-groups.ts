import type { Action } from '@st2/model'

export interface PackGroup {
  readonly pack: string
  readonly actions: readonly Action[]
}

/** Actions by pack; every word of the search must occur in reference, description or runner. */
export function groupActions(actions: readonly Action[], search: string): PackGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, Action[]>()
  for (const action of actions) {
    const text = `${action.ref} ${action.description ?? ''} ${action.runner_type}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    const group = groups.get(action.pack)
    if (group === undefined) groups.set(action.pack, [action])
    else group.push(action)
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([pack, members]) => ({ pack, actions: members.sort((a, b) => a.name.localeCompare(b.name)) }))
}
