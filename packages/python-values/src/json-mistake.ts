/** Where a text stops being JSON. The engine's own messages name no place for short texts, and differ between engines. */
export interface JsonMistake {
  reason: string
  /** Index in the text. */
  at: number
}

const TOKEN =
  /[ \t\n\r]*(?:(?<scalar>"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|(?<mark>[[\]{},:]))/uy

const BLANKS = /[ \t\n\r]*/y

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma' | 'nothing'

/** The first place where the text breaks JSON's grammar; for a text that is JSON, its end. */
export function findMistake(text: string): JsonMistake {
  if (text === '') return { reason: 'Input is a zero-length, empty document', at: 0 }
  const open: string[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    BLANKS.lastIndex = at
    BLANKS.test(text)
    const start = BLANKS.lastIndex
    if (start >= text.length) return { reason: 'unexpected end of data', at: text.length }
    if (expected === 'nothing') return { reason: 'unexpected content after document', at: start }
    const next: Expected | null =
      match === null ? null : advance(expected, match.groups?.mark ?? match.groups?.scalar ?? '', open)
    if (next === null) return { reason: 'unexpected character', at: start }
    expected = next
    at = TOKEN.lastIndex
  }
}

const CLOSING: Record<string, string> = { '[': ']', '{': '}' }

/** What may follow after a token; null when the token may not stand here. */
function advance(expected: Expected, token: string, open: string[]): Expected | null {
  const isEnd = token === open.at(-1)
  if (isEnd && (expected === 'comma' || expected === 'value-or-end' || expected === 'key-or-end')) {
    open.pop()
    return afterValue(open)
  }
  if (expected === 'comma') return token === ',' ? (open.at(-1) === '}' ? 'key' : 'value') : null
  if (expected === 'colon') return token === ':' ? 'value' : null
  if (expected === 'key' || expected === 'key-or-end') return token.startsWith('"') ? 'colon' : null
  const closing = CLOSING[token]
  if (closing !== undefined) {
    open.push(closing)
    return closing === ']' ? 'value-or-end' : 'key-or-end'
  }
  return ',:]}'.includes(token) ? null : afterValue(open)
}

function afterValue(open: string[]): Expected {
  return open.length === 0 ? 'nothing' : 'comma'
}
