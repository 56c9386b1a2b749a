/** What an action is found by. */
export interface FoundAction {
  readonly ref: string
  readonly pack: string
  readonly name: string
  readonly description?: string | undefined
}

/**
 * Actions that have all the words in their reference or their description: names that begin so come first, then other names,
 * then descriptions; among equals those that were used lately, then by reference. Pure.
 *
 * @param recent references, the latest first
 */
export function findActions<A extends FoundAction>(
  actions: readonly A[],
  text: string,
  recent: readonly string[],
): A[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const lately = new Map(recent.map((ref, index) => [ref, index]))
  return actions
    .flatMap((action) => {
      const rank = rankOf(action, words)
      return rank === null ? [] : [{ action, rank, age: lately.get(action.ref) ?? Number.POSITIVE_INFINITY }]
    })
    .sort((a, b) => a.rank - b.rank || compareAges(a.age, b.age) || compare(a.action.ref, b.action.ref))
    .map(({ action }) => action)
}

function rankOf({ ref, name, description = '' }: FoundAction, words: readonly string[]): number | null {
  const inRef = ref.toLowerCase()
  const about = description.toLowerCase()
  let rank = 0
  for (const word of words) {
    if (inRef.startsWith(word) || name.toLowerCase().startsWith(word)) continue
    if (inRef.includes(word)) rank = Math.max(rank, 1)
    else if (about.includes(word)) rank = 2
    else return null
  }
  return rank
}

function compareAges(a: number, b: number): number {
  return a === b ? 0 : a - b
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
