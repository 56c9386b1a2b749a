import type { List, ListQuery } from '@st2/client'

/** Items per request; no server refuses so many to anybody. */
const PAGE = 100
/** Pages of one list; whoever has more looks for things by their filters. */
const MAX_PAGES = 50

/** A whole list, of resources that are few by nature. */
export async function everyPage<T>(
  fetchPage: (page: Required<Pick<ListQuery, 'limit' | 'offset'>>) => Promise<List<T>>,
): Promise<T[]> {
  const items: T[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await fetchPage({ limit: PAGE, offset: items.length })
    items.push(...answer.items)
    if (answer.items.length === 0 || items.length >= (answer.total ?? items.length)) break
  }
  return items
}
