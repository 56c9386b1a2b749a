import { pathText, type PathStep } from './json-path.ts'
import type { Match, Matches } from './value-store.ts'

/** Matches of one answer. */
export const MAX_MATCHES = 100
const EXCERPT = 160

/** Where a text occurs in keys, texts and other scalars, upper or lower case. Pure. */
export function searchValue(value: unknown, query: string, from: number): Matches {
  const wanted = query.toLowerCase()
  const found: Match[] = []
  const enough = from + MAX_MATCHES + 1
  const look = (text: string, steps: readonly PathStep[], isKey: boolean) => {
    text.split('\n').forEach((line, number) => {
      const column = line.toLowerCase().indexOf(wanted)
      if (column >= 0 && found.length < enough)
        found.push({ path: pathText(steps), isKey, line: number, ...around(line, column) })
    })
  }
  const walk = (here: unknown, steps: readonly PathStep[]): void => {
    if (found.length >= enough) return
    if (Array.isArray(here)) return here.forEach((item, index) => walk(item, [...steps, index]))
    if (typeof here !== 'object' || here === null) return look(String(here), steps, false)
    for (const [key, item] of Object.entries(here)) {
      look(key, [...steps, key], true)
      walk(item, [...steps, key])
    }
  }
  walk(value, [])
  const hasMore = found.length === enough
  return { matches: found.slice(from, from + MAX_MATCHES), next: hasMore ? from + MAX_MATCHES : null }
}

function around(line: string, column: number): Pick<Match, 'excerpt' | 'column'> {
  const start = Math.max(0, column - EXCERPT / 4)
  return { excerpt: line.slice(start, start + EXCERPT), column: column - start }
}
