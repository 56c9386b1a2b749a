import type { List } from '@st2/client'

/** Where the next page of a list begins, as far as pages are loaded; undefined after the last. */
export function nextOffset<T>(last: List<T>, pages: readonly List<T>[]): number | undefined {
  const loaded = pages.reduce((sum, page) => sum + page.items.length, 0)
  return last.items.length > 0 && loaded < (last.total ?? loaded) ? loaded : undefined
}
