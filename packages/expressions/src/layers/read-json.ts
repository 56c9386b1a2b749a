import { dictFrom, makeFloat, makeInt, PythonValueError } from '@st2/python-values'

/** Lists and mappings in each other; deeper data has no text either. */
const MAX_JSON_DEPTH = 500
/** Digits of an integer: what Python reads. */
const MAX_JSON_INT_DIGITS = 4300

const BLANKS = /[ \t\n\r]*/y
const TOKEN = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?|(true|false|null|NaN|-?Infinity)|([[\]{},:])/y

const CONSTANTS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

type Token = { mark: string } | { value: unknown } | null

/**
 * JSON as Python's own reader has it: integers of any size stay integers, everything with a point or an exponent is a float, and
 * mappings keep the order of their keys.
 *
 * @throws PythonValueError that names the place
 */
export function readJson(text: string): unknown {
  return new Reader(text).read()
}

class Reader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): unknown {
    const value = this.#value(this.#next())
    if (this.#text.slice(this.#at).trim() !== '') throw this.#mistake('unexpected content after the value')
    return value
  }

  #value(token: Token): unknown {
    if (token === null) throw this.#mistake('a value was expected')
    if ('value' in token) return token.value
    if (token.mark === '[') return this.#nested(() => this.#list())
    if (token.mark === '{') return this.#nested(() => this.#mapping())
    throw this.#mistake('a value was expected')
  }

  #nested(read: () => unknown): unknown {
    if (++this.#depth > MAX_JSON_DEPTH)
      throw this.#mistake(`nested deeper than ${MAX_JSON_DEPTH} levels (MAX_JSON_DEPTH)`)
    const value = read()
    this.#depth--
    return value
  }

  #list(): unknown[] {
    const items: unknown[] = []
    let token = this.#next()
    if (isMark(token, ']')) return items
    for (;;) {
      items.push(this.#value(token))
      if (this.#isEnd(']')) return items
      token = this.#next()
    }
  }

  #mapping(): unknown {
    const entries: [string, unknown][] = []
    let token = this.#next()
    if (isMark(token, '}')) return {}
    for (;;) {
      const key = token !== null && 'value' in token ? token.value : null
      if (typeof key !== 'string') throw this.#mistake('a key was expected')
      if (!isMark(this.#next(), ':')) throw this.#mistake("':' was expected")
      entries.push([key, this.#value(this.#next())])
      if (this.#isEnd('}')) return dictFrom(entries)
      token = this.#next()
    }
  }

  #isEnd(mark: string): boolean {
    const token = this.#next()
    if (isMark(token, mark)) return true
    if (isMark(token, ',')) return false
    throw this.#mistake(`',' or '${mark}' was expected`)
  }

  #next(): Token {
    BLANKS.lastIndex = this.#at
    BLANKS.test(this.#text)
    this.#at = BLANKS.lastIndex
    if (this.#text[this.#at] === '"') return { value: this.#quoted() }
    TOKEN.lastIndex = this.#at
    const match = TOKEN.exec(this.#text)
    if (match === null) return null
    this.#at = TOKEN.lastIndex
    const [, whole, fraction, exponent, constant, mark] = match
    if (mark !== undefined) return { mark }
    if (constant !== undefined) return { value: CONSTANTS[constant] }
    return { value: this.#number(whole ?? '', `${fraction ?? ''}${exponent ?? ''}`) }
  }

  /** A pattern would need stack for every escape in a long text. */
  #quoted(): string {
    const start = this.#at
    let end = this.#text.indexOf('"', start + 1)
    while (end !== -1 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1)
    if (end === -1) throw this.#mistake('a text without an end')
    try {
      const text = String(JSON.parse(this.#text.slice(start, end + 1)))
      this.#at = end + 1
      return text
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      throw this.#mistake('a text that is no JSON')
    }
  }

  #isEscaped(at: number): boolean {
    let before = at
    while (this.#text[before - 1] === '\\') before--
    return (at - before) % 2 === 1
  }

  #number(whole: string, rest: string): unknown {
    if (rest !== '') return makeFloat(Number(whole + rest))
    if (whole.length > MAX_JSON_INT_DIGITS) {
      throw this.#mistake(`an integer of more than ${MAX_JSON_INT_DIGITS} digits (MAX_JSON_INT_DIGITS)`)
    }
    return makeInt(BigInt(whole))
  }

  #mistake(reason: string): PythonValueError {
    return new PythonValueError(`${reason} at character ${this.#at}`, {}, 'JSONDecodeError')
  }
}

function isMark(token: Token, mark: string): boolean {
  return token !== null && 'mark' in token && token.mark === mark
}
