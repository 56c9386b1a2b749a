/** A command without the `key=value` pairs at its end, and those pairs. */
export interface CutCommand {
  readonly rest: string
  readonly pairs: Readonly<Record<string, string>>
}

interface Pair {
  readonly key: string
  readonly value: string
  readonly end: number
}

const KEY = /(?:^|\s+)([^\s=]+)=/y
const WORD = /\S+/y
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '{': '}' }

/**
 * Cuts the pairs off the end. A value is quoted, in braces, or one word; the text that is cut is removed wherever else it
 * stands in the command, too.
 *
 * @source services.md 6.2
 */
export function cutKeyValues(command: string): CutCommand {
  const failed = new Set<number>()
  for (const at of starts(command)) {
    const pairs = pairsFrom(command, at, failed)
    if (pairs === null) continue
    return {
      rest: command.replaceAll(command.slice(at), ''),
      pairs: Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
    }
  }
  return { rest: command, pairs: {} }
}

/** Where pairs could begin: at the beginning, and at whitespace. */
function* starts(command: string): Generator<number> {
  yield 0
  for (const { index } of command.matchAll(/\s+/g)) if (index > 0) yield index
}

/** The pairs that fill the command from there to its end; null when something else is in it. */
function pairsFrom(command: string, at: number, failed: Set<number>): readonly Pair[] | null {
  if (failed.has(at)) return null
  KEY.lastIndex = at
  const key = KEY.exec(command)
  if (key !== null) {
    for (const { value, end } of values(command, KEY.lastIndex)) {
      const pair = { key: key[1] ?? '', value, end }
      if (command.slice(end).trim() === '') return [pair]
      const others = pairsFrom(command, end, failed)
      if (others !== null) return [pair, ...others]
    }
  }
  failed.add(at)
  return null
}

/** The ways to read a value: up to each closing quote or brace, then as a word. */
function* values(command: string, at: number): Generator<Omit<Pair, 'key'>> {
  const open = command[at] ?? ''
  const close = QUOTES[open]
  if (close !== undefined) {
    for (let end = command.indexOf(close, at + 1); end !== -1; end = command.indexOf(close, end + 1)) {
      if (!isEnd(command, end + 1)) continue
      yield { value: open === '{' ? command.slice(at, end + 1) : command.slice(at + 1, end), end: end + 1 }
    }
  }
  WORD.lastIndex = at
  const word = WORD.exec(command)
  if (word !== null) yield { value: word[0], end: WORD.lastIndex }
}

function isEnd(command: string, at: number): boolean {
  return at >= command.length || /\s/.test(command.charAt(at))
}
