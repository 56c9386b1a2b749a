/** One element of a shell pattern: a character test, or `*`. */
type Element = ((char: string) => boolean) | '*'

/** Whether a character test lets everything through, nothing, or what its ranges hold. */
interface CharacterSet {
  readonly isNegated: boolean
  readonly ranges: readonly (readonly [string, string])[]
}

/**
 * A shell pattern on the whole text: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`; there is no escape. Matching goes back to
 * the last `*` alone, so its cost is at most the product of both lengths.
 *
 * @source python: fnmatch.py
 */
export function compileWildcard(pattern: string): (text: string, spend: (steps: number) => void) => boolean {
  const elements = elementsOf(Array.from(pattern))
  return (text, spend) => {
    const chars = Array.from(text)
    let [at, next] = [0, 0]
    let [star, resume] = [-1, 0]
    while (at < chars.length) {
      spend(1)
      const element = elements[next]
      if (element === '*') {
        star = next++
        resume = at
      } else if (element !== undefined && element(chars[at] ?? '')) {
        next++
        at++
      } else if (star >= 0) {
        next = star + 1
        at = ++resume
      } else return false
    }
    while (elements[next] === '*') next++
    return next === elements.length
  }
}

function elementsOf(pattern: readonly string[]): Element[] {
  const elements: Element[] = []
  let at = 0
  while (at < pattern.length) {
    const char = pattern[at] ?? ''
    at++
    if (char === '*') {
      if (elements.at(-1) !== '*') elements.push('*')
    } else if (char === '?') {
      elements.push(() => true)
    } else {
      const end = char === '[' ? endOfSet(pattern, at) : -1
      if (end < 0) elements.push((other) => other === char)
      else {
        elements.push(setTest(parseSet(pattern.slice(at, end))))
        at = end + 1
      }
    }
  }
  return elements
}

/** Where the set that begins at `from` is closed; -1: nowhere, and the bracket is a bracket. */
function endOfSet(pattern: readonly string[], from: number): number {
  let at = from
  if (pattern[at] === '!') at++
  if (pattern[at] === ']') at++
  return pattern.indexOf(']', at)
}

/** NOTE: a hyphen right after the beginning or after a range's end is itself; a range that runs backwards holds nothing. */
function parseSet(content: readonly string[]): CharacterSet {
  const isNegated = content[0] === '!'
  const chunks = hyphenChunks(content.slice(isNegated ? 1 : 0))
  const ranges: [string, string][] = []
  chunks.forEach((chunk, place) => {
    const isFirst = place === 0
    const isLast = place === chunks.length - 1
    chunk.forEach((char, at) => {
      const beginsRange = !isLast && at === chunk.length - 1
      const endsRange = !isFirst && at === 0
      const end = chunks[place + 1]?.[0]
      if (beginsRange && end !== undefined) ranges.push([char, end])
      else if (!endsRange) ranges.push([char, char])
    })
  })
  return { isNegated, ranges }
}

/** The pieces between hyphens that make ranges: from the last character of one to the first of the next. */
function hyphenChunks(content: readonly string[]): string[][] {
  const chunks: string[][] = []
  let from = 0
  let search = 1
  for (;;) {
    const hyphen = content.indexOf('-', search)
    if (hyphen < 0) break
    chunks.push(content.slice(from, hyphen))
    from = hyphen + 1
    search = hyphen + 3
  }
  const rest = content.slice(from)
  if (rest.length > 0 || chunks.length === 0) chunks.push(rest)
  else chunks.at(-1)?.push('-')
  return withoutEmptyRanges(chunks)
}

function withoutEmptyRanges(chunks: string[][]): string[][] {
  const kept = [...chunks]
  for (let place = kept.length - 1; place > 0; place--) {
    const [before = [], after = []] = [kept[place - 1], kept[place]]
    if (codeOf(before.at(-1)) > codeOf(after[0])) kept.splice(place - 1, 2, [...before.slice(0, -1), ...after.slice(1)])
  }
  return kept
}

function setTest({ isNegated, ranges }: CharacterSet): (char: string) => boolean {
  const bounds = ranges.map(([low, high]) => [codeOf(low), codeOf(high)] as const)
  return (char) => {
    const code = codeOf(char)
    return bounds.some(([low, high]) => code >= low && code <= high) !== isNegated
  }
}

function codeOf(char: string | undefined): number {
  return char?.codePointAt(0) ?? -1
}
